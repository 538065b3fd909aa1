//! Many questions: one at a time to each host, several hosts at once.

use super::ask::{self, Answer, Manners, Outcome};
use super::client::Client;
use super::memory::Memory;
use crate::config::Fault;
use crate::say;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::time::Duration;

/// As many hosts as are asked at once.
const HOSTS_AT_ONCE: usize = 8;
/// After so many addresses without an answer the rest of a host is not asked.
const GIVE_UP: usize = 3;

/// Ask for each of `addresses` that `memory` does not know, in good `manners`, and let it remember; `tell` is called after each. Where not a
/// single host answers, it is this machine that has no network: then silence is no fault.
pub fn ask_all(
    addresses: &BTreeSet<String>,
    manners: &Manners,
    memory: &mut Memory,
    tell: &(dyn Fn() + Sync),
) -> BTreeMap<String, Answer> {
    let mut answers: BTreeMap<String, Answer> = BTreeMap::new();
    let mut hosts: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for address in addresses {
        match memory.recall(address) {
            Some(answer) => {
                answers.insert(address.clone(), answer);
            }
            None => hosts.entry(host(address)).or_default().push(address),
        }
    }
    let waiting = Mutex::new(hosts.into_values());
    let fresh: Mutex<BTreeMap<String, Answer>> = Mutex::default();
    let client = Client::new(manners);
    std::thread::scope(|scope| {
        for _ in 0..HOSTS_AT_ONCE {
            scope.spawn(|| {
                while let Some(addresses) = next(&waiting) {
                    let told = one_host(&client, &addresses, manners, tell);
                    if let Ok(mut fresh) = fresh.lock() {
                        fresh.extend(told);
                    }
                }
            });
        }
    });
    let mut fresh = fresh.into_inner().unwrap_or_default();
    if !fresh.values().any(is_answer) && !answers.values().any(is_answer) {
        for answer in fresh.values_mut().filter(|answer| matches!(answer, Answer::Faulty(_))) {
            *answer = Answer::Unknown(say!("no host answers this machine"));
        }
    }
    for (address, answer) in &fresh {
        memory.remember(address, answer);
    }
    answers.extend(fresh);
    answers
}

/// Whether somebody has answered, whatever it was.
fn is_answer(answer: &Answer) -> bool {
    match answer {
        Answer::Fine | Answer::Status(_) => true,
        Answer::Faulty(fault) => !matches!(fault, Fault::Silent(_) | Fault::Insecure(_)),
        Answer::Unknown(_) => false,
    }
}

fn next<'a>(waiting: &Mutex<impl Iterator<Item = Vec<&'a str>>>) -> Option<Vec<&'a str>> {
    waiting.lock().ok()?.next()
}

fn host(address: &str) -> String {
    let parsed = url::Url::parse(address).ok();
    parsed
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_default()
}

fn one_host(client: &Client, addresses: &[&str], manners: &Manners, tell: &dyn Fn()) -> Vec<(String, Answer)> {
    let mut told: Vec<(String, Answer)> = Vec::with_capacity(addresses.len());
    let mut silent = 0;
    for (number, address) in addresses.iter().enumerate() {
        let last = told.last().map(|(_, answer)| answer.clone());
        let answer = match last {
            Some(answer) if silent >= GIVE_UP => answer,
            _ => {
                if number > 0 {
                    std::thread::sleep(manners.pause);
                }
                patiently(client, address, manners)
            }
        };
        silent = match &answer {
            Answer::Faulty(Fault::Silent(_)) => silent + 1,
            // A host that has asked to be left alone is left alone.
            Answer::Status(429) => GIVE_UP,
            _ => 0,
        };
        told.push(((*address).to_owned(), answer));
        tell();
    }
    told
}

fn patiently(client: &Client, address: &str, manners: &Manners) -> Answer {
    let mut pause = manners.pause;
    let mut left = manners.tries;
    loop {
        left = left.saturating_sub(1);
        match ask::ask(client, address) {
            Outcome::Settled(answer) => return answer,
            Outcome::Again(answer, wait) => {
                let wait = wait.unwrap_or(Duration::ZERO).max(pause);
                if left == 0 || wait > manners.longest_wait {
                    return answer;
                }
                std::thread::sleep(wait);
                pause *= 2;
            }
        }
    }
}
