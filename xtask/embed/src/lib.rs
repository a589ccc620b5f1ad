//! The built client of Trellis, compressed, as part of the server's binary.

#![expect(unused_qualifications, reason = "the generated list of files spells out every path")]

/// The client's files, ready to be configured and served.
pub fn client() -> memory_serve::MemoryServe {
    memory_serve::load!()
}
