//! Notices that the client's process is gone: its end of the pipe may have been inherited by another process, so the
//! end of input is not enough.

use std::time::Duration;

/// How often to look.
const INTERVAL: Duration = Duration::from_secs(2);

/// Waits until the process `id` is gone; `None` where that cannot be told. A client that has just spoken is alive: one that
/// cannot be seen now lives on another machine or in another container. The look is taken at once, before the client is
/// answered and may leave.
pub fn watch(id: u32) -> Option<impl Future<Output = ()> + Send + 'static> {
    is_alive(id).then_some(async move {
        while is_alive(id) {
            tokio::time::sleep(INTERVAL).await;
        }
    })
}

#[cfg(unix)]
fn is_alive(id: u32) -> bool {
    let Some(pid) = i32::try_from(id).ok().and_then(rustix::process::Pid::from_raw) else {
        return true;
    };
    // A process of another user may not be signalled, but it is there.
    !matches!(
        rustix::process::test_kill_process(pid),
        Err(error) if error == rustix::io::Errno::SRCH
    )
}

#[cfg(not(unix))]
fn is_alive(_id: u32) -> bool {
    true
}
