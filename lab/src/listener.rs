//! Accepts connections on loopback and gives each a thread of its own, at most [`LIMIT`] at once.
//!
//! Dropping the [`Listener`] stops it: the port closes, open sockets are shut down, so that no thread outlives
//! the test that started it by more than the step it is in.

use std::{
    collections::HashMap,
    io::{self, Write as _},
    net::{Ipv4Addr, Shutdown, TcpListener, TcpStream},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

/// Connections served at once; one more is told 503 and closed.
pub(crate) const LIMIT: usize = 256;

/// A listening port; stops when dropped.
#[derive(Debug)]
pub(crate) struct Listener {
    port: u16,
    shared: Arc<Shared>,
    thread: Option<thread::JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct Shared {
    stopping: AtomicBool,
    open: Mutex<HashMap<u64, TcpStream>>,
}

impl Listener {
    /// Listens on 127.0.0.1:`port` (0 takes any free port) and calls `serve` for each connection, on its thread.
    pub(crate) fn start<F>(port: u16, serve: F) -> io::Result<Self>
    where
        F: Fn(TcpStream) + Send + Sync + 'static,
    {
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let port = socket.local_addr()?.port();
        let shared = Arc::new(Shared::default());
        let for_thread = Arc::clone(&shared);
        let thread = thread::Builder::new()
            .name(format!("lab-{port}"))
            .spawn(move || accept_until_stopped(&socket, &for_thread, Arc::new(serve)))?;
        Ok(Self { port, shared, thread: Some(thread) })
    }

    /// The port that was taken.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.shared.stopping.store(true, Ordering::Release);
        // `accept` has no timeout in std: a connection of our own wakes it so that it sees the flag.
        drop(TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)));
        for stream in lock(&self.shared.open).values() {
            drop(stream.shutdown(Shutdown::Both));
        }
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

fn accept_until_stopped<F>(socket: &TcpListener, shared: &Arc<Shared>, serve: Arc<F>)
where
    F: Fn(TcpStream) + Send + Sync + 'static,
{
    for (id, stream) in (0_u64..).zip(socket.incoming()) {
        if shared.stopping.load(Ordering::Acquire) {
            return;
        }
        // A client that left between connecting and being accepted is no reason to stop listening.
        let Ok(mut stream) = stream else { continue };
        let Ok(kept) = stream.try_clone() else { continue };
        if lock(&shared.open).len() >= LIMIT {
            drop(stream.write_all(b"HTTP/1.1 503 Busy\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"));
            continue;
        }
        lock(&shared.open).insert(id, kept);
        let shared_by_connection = Arc::clone(shared);
        let serve = Arc::clone(&serve);
        let started = thread::Builder::new().name(format!("lab-connection-{id}")).spawn(move || {
            serve(stream);
            lock(&shared_by_connection.open).remove(&id);
        });
        if started.is_err() {
            lock(&shared.open).remove(&id);
        }
    }
}

/// Takes the lock even after a panic of another holder: what these locks guard stays consistent step by step.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
