//! Compresses the client's folder, which `LEPTOS_SITE_ROOT` names, and puts it into this package.

fn main() {
    println!("cargo::rerun-if-env-changed=LEPTOS_SITE_ROOT");
    match std::env::var("LEPTOS_SITE_ROOT") {
        Ok(site) => memory_serve::load_directory_with_embed(site, true),
        Err(_) => println!("cargo::error=there is no client to embed: use `cargo xtask build`"),
    }
}
