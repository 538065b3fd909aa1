//! How long a post may be looked at: asked between the rules and in their long loops. What the limit is measured by is its
//! maker's business, so that no rule knows a clock.

use std::cell::Cell;

/// How often the maker is asked: at the first of so many polls.
const POLLS: u32 = 64;

/// The post was not looked at to the end, so nothing is known about it: what was found until then would depend on how fast the
/// machine is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spent;

/// For one look at a post, or for several that belong together.
pub struct Budget {
    is_over: Option<Box<dyn Fn() -> bool>>,
    polls: Cell<u32>,
    is_spent: Cell<bool>,
}

impl Budget {
    /// No limit.
    pub fn unlimited() -> Self {
        Self {
            is_over: None,
            polls: Cell::new(0),
            is_spent: Cell::new(false),
        }
    }

    /// Spent as soon as `is_over` says so; it stays spent.
    pub fn until(is_over: impl Fn() -> bool + 'static) -> Self {
        Self {
            is_over: Some(Box::new(is_over)),
            ..Self::unlimited()
        }
    }

    /// Whether to stop. Cheap enough for every turn of a loop: the maker is asked at one of 64 polls.
    pub fn is_spent(&self) -> bool {
        let polls = self.polls.get();
        self.polls.set((polls + 1) % POLLS);
        match polls {
            0 => self.is_spent_now(),
            _ => self.is_spent.get(),
        }
    }

    /// The same, and the maker is asked each time.
    pub fn is_spent_now(&self) -> bool {
        if !self.is_spent.get() && self.is_over.as_ref().is_some_and(|is_over| is_over()) {
            self.is_spent.set(true);
        }
        self.is_spent.get()
    }

    /// [`Spent`] when it is.
    pub fn check(&self) -> Result<(), Spent> {
        match self.is_spent_now() {
            true => Err(Spent),
            false => Ok(()),
        }
    }
}

impl std::fmt::Debug for Budget {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Budget")
            .field("is_spent", &self.is_spent)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;

    #[test]
    fn it_stays_spent_and_asks_now_and_then() {
        let asked = Rc::new(Cell::new(0));
        let counter = Rc::clone(&asked);
        let budget = Budget::until(move || {
            counter.set(counter.get() + 1);
            counter.get() == 3
        });
        let polls = (0..).take_while(|_| !budget.is_spent()).count();
        assert_eq!((polls, asked.get()), (128, 3));
        assert!(budget.is_spent() && budget.check() == Err(Spent));
        assert_eq!(asked.get(), 3);
        assert!(!Budget::unlimited().is_spent_now());
    }
}
