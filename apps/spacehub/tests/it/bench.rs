//! The bench itself: that it measures every load beside its bound, and that no question reads a whole table.

use spacehub::bench::{self, Options};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tiny_bench_measures_everything_and_nothing_is_refused() {
    let folder = std::env::temp_dir().join(format!("spacehub-bench-test-{}", std::process::id()));
    let options = Options {
        rounds: 1,
        seconds: 1,
        only: Vec::new(),
        lists: false,
        run: false,
        matching: false,
        small: true,
        folder: Some(folder.clone()),
        program: Some(env!("CARGO_BIN_EXE_spacehub").into()),
    };

    let report = bench::run(options, &|line| println!("{line}")).await;
    let _ = std::fs::remove_dir_all(folder);
    let report = report.unwrap_or_else(|problem| panic!("{problem}"));

    for (load, ours, bound) in &report.loads {
        assert!(ours.a_second > 0 && ours.bad == 0, "{load:?}: {ours:?}");
        assert!(bound.as_ref().is_none_or(|bound| bound.a_second > 0), "{load:?}: {bound:?}");
    }
    assert_eq!(report.loads.len(), 3);
    assert!(report.events_a_second > 0 && report.promise_p50_micros > 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_list_finds_its_rows_by_an_index() {
    let folder = std::env::temp_dir().join(format!("spacehub-bench-lists-{}", std::process::id()));
    let options = Options { lists: true, small: true, folder: Some(folder.clone()), ..Options::default() };

    let report = bench::run(options, &|_| ()).await;
    let _ = std::fs::remove_dir_all(folder);
    let report = report.unwrap_or_else(|problem| panic!("{problem}"));

    assert!(report.lists.len() > 40, "{} lists and later pages", report.lists.len());
    assert!(report.whole_tables.is_empty(), "read from end to end: {:?}", report.whole_tables);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_months_run_is_measured_beside_its_bound() {
    let folder = std::env::temp_dir().join(format!("spacehub-bench-month-{}", std::process::id()));
    let options = Options { run: true, rounds: 1, small: true, folder: Some(folder.clone()), ..Options::default() };

    let report = bench::run(options, &|line| println!("{line}")).await;
    let _ = std::fs::remove_dir_all(folder);
    let report = report.unwrap_or_else(|problem| panic!("{problem}"));

    let [round] = &report.months[..] else { panic!("{:?}", report.months) };
    // A bill, its two lines, its news and its audit each, and what the run says of itself.
    assert!(round.rows >= round.contracts * 5 && round.peak_mib > 0, "{round:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn matching_is_measured_beside_its_bound() {
    let folder = std::env::temp_dir().join(format!("spacehub-bench-matching-{}", std::process::id()));
    let options =
        Options { matching: true, rounds: 1, small: true, folder: Some(folder.clone()), ..Options::default() };

    let report = bench::run(options, &|line| println!("{line}")).await;
    let _ = std::fs::remove_dir_all(folder);
    let report = report.unwrap_or_else(|problem| panic!("{problem}"));

    let pass = &report.passes[0];
    assert_eq!((pass.lines, pass.states.values().sum::<u64>()), (20_000, 20_000));
    assert!(pass.states.len() >= 3, "{:?}", pass.states);
}
