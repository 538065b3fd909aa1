//! The program: hands over to [`postlint::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    postlint::cli::main()
}
