//! `postlint check` as a whole process: wall time, processor time and peak memory, on generated sites and on a folder of posts
//! named by `POSTLINT_CORPUS`.
#![allow(clippy::print_stdout, reason = "a bench says what it measured")]

mod input;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 5;

struct Run {
    wall: Duration,
    /// Seconds of user and system time; NaN where `/proc` is not there.
    cpu: f64,
    /// KB; 0 where `/proc` is not there.
    peak: u64,
}

fn main() -> std::io::Result<()> {
    println!(
        "{:<28} {:>10} {:>10} {:>10}",
        "median of five", "wall ms", "cpu ms", "peak KB"
    );
    let folder = tempfile::tempdir()?;
    for posts in [1, 1_000, 4_000] {
        let site = folder.path().join(posts.to_string());
        input::site(&site, posts)?;
        report(&format!("{posts} generated posts"), &site, None)?;
        if posts > 1 {
            report(&format!("{posts}, one thread"), &site, Some("1"))?;
        }
    }
    if let Some(corpus) = std::env::var_os("POSTLINT_CORPUS") {
        report("POSTLINT_CORPUS", Path::new(&corpus), None)?;
        report("POSTLINT_CORPUS, one thread", Path::new(&corpus), Some("1"))?;
    }
    Ok(())
}

fn report(name: &str, folder: &Path, threads: Option<&str>) -> std::io::Result<()> {
    let mut runs = Vec::new();
    for _ in 0..=RUNS {
        runs.push(run(folder, threads)?);
    }
    // The first one warmed the disk.
    runs.remove(0);
    let median = |of: &dyn Fn(&Run) -> f64| {
        let mut all: Vec<f64> = runs.iter().map(of).collect();
        all.sort_by(f64::total_cmp);
        all[all.len() / 2]
    };
    println!(
        "{name:<28} {:>10.1} {:>10.0} {:>10.0}",
        median(&|run| run.wall.as_secs_f64() * 1e3),
        median(&|run| run.cpu * 1e3),
        median(&|run| run.peak as f64),
    );
    Ok(())
}

fn run(folder: &Path, threads: Option<&str>) -> std::io::Result<Run> {
    let before = children_cpu();
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_postlint"))
        .args(["check", "--output-format", "json-lines"])
        .args(threads.map(|threads| ["--threads", threads]).into_iter().flatten())
        .arg(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    let mut pause = Duration::from_micros(200);
    while child.try_wait()?.is_none() {
        peak = peak.max(high_water(&status));
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(2));
    }
    Ok(Run {
        wall: start.elapsed(),
        cpu: children_cpu() - before,
        peak,
    })
}

fn high_water(status: &str) -> u64 {
    let text = std::fs::read_to_string(status).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok())
        .unwrap_or(0)
}

/// Seconds of processor time of every child that has ended, in steps of 10 ms.
fn children_cpu() -> f64 {
    let ticks = || {
        let text = std::fs::read_to_string("/proc/self/stat").ok()?;
        let (_, fields) = text.rsplit_once(')')?;
        let mut fields = fields.split_whitespace().skip(13);
        let user: f64 = fields.next()?.parse().ok()?;
        let system: f64 = fields.next()?.parse().ok()?;
        Some((user + system) / 100.0)
    };
    ticks().unwrap_or(f64::NAN)
}
