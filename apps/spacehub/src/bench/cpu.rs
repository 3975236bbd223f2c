//! Time on a processor and memory, as the kernel counts them.

use std::{collections::HashMap, fs, time::Duration};

/// Ticks of the kernel's counters in a second, on every Linux there is.
const TICKS: u64 = 100;

/// Of a process and all that descend from it, those that have ended included.
pub fn of_tree(root: u32) -> Duration {
    let mut used_by: HashMap<u32, u64> = HashMap::new();
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().filter_map(Result::ok) {
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        let Ok(stat) = fs::read_to_string(entry.path().join("stat")) else { continue };
        used_by.insert(pid, used(&stat, 4));
        let parent = fields(&stat).nth(1).and_then(|ppid| ppid.parse().ok()).unwrap_or(0);
        children.entry(parent).or_default().push(pid);
    }
    let (mut total, mut left) = (0, vec![root]);
    while let Some(pid) = left.pop() {
        total += used_by.get(&pid).copied().unwrap_or(0);
        left.extend(children.get(&pid).into_iter().flatten());
    }
    ticks(total)
}

/// Resident memory of a process, in MiB.
pub fn resident_mib(pid: u32) -> u64 {
    mib(&format!("/proc/{pid}/status"), "VmRSS:")
}

/// Resident memory of this process at its fullest since it was last forgotten, in MiB.
pub fn peak_mib() -> u64 {
    mib("/proc/self/status", "VmHWM:")
}

/// Begins to measure the peak anew, where the kernel lets us.
pub fn forget_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

fn mib(path: &str, name: &str) -> u64 {
    let status = fs::read_to_string(path).unwrap_or_default();
    let kib = status
        .lines()
        .find_map(|line| line.strip_prefix(name))
        .and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
    kib.unwrap_or(0) / 1024
}

/// What follows the command's name, which may hold blanks.
fn fields(stat: &str) -> impl Iterator<Item = &str> {
    stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace()
}

/// User and system time; with four counters also that of children that have ended.
fn used(stat: &str, counters: usize) -> u64 {
    fields(stat).skip(11).take(counters).filter_map(|n| n.parse::<u64>().ok()).sum()
}

fn ticks(ticks: u64) -> Duration {
    Duration::from_millis(ticks * 1000 / TICKS)
}
