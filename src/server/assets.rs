//! The client's files: inside the binary with the feature `embed`, else on disk.

use memory_serve::{CacheControl, MemoryServe};

use crate::app::ClientFiles;

/// The routes of the client's files, with the names that pages refer to.
///
/// Each file is served under its plain name, to be asked for again each time (`no-cache`, answered by 304), and,
/// where it is embedded, under a name that holds its hash, for good (`immutable`).
pub fn client<S: Clone + Send + Sync + 'static>() -> (axum::Router<S>, ClientFiles) {
    configure(load())
}

fn configure<S: Clone + Send + Sync + 'static>(files: MemoryServe) -> (axum::Router<S>, ClientFiles) {
    let files = files
        .index_file(None)
        .enable_brotli(cfg!(feature = "embed"))
        .enable_gzip(cfg!(feature = "embed"))
        .cache_control(CacheControl::NoCache)
        .html_cache_control(CacheControl::NoCache)
        .enable_hashed_routes(true);
    let manifest = files.manifest();
    let name = |route: &str| manifest.get(route).unwrap_or(route).to_owned();
    let names = ClientFiles {
        script: name("/pkg/trellis.js"),
        wasm: name("/pkg/trellis.wasm"),
        style: name("/pkg/trellis.css"),
    };
    (files.into_router(), names)
}

#[cfg(feature = "embed")]
fn load() -> MemoryServe {
    trellis_embed::client()
}

/// Lists `LEPTOS_SITE_ROOT` (`target/site` unless it is set). Without such a folder, pages work as without script.
#[cfg(not(feature = "embed"))]
fn load() -> MemoryServe {
    let site = std::env::var("LEPTOS_SITE_ROOT").unwrap_or_else(|_| "target/site".to_owned());
    let site = std::path::Path::new(&site);
    let mut files = Vec::new();
    if let Err(error) = list(site, site, &mut files) {
        tracing::warn!("the client is missing ({}: {error}): pages have no style and no script", site.display());
    }
    MemoryServe::new(files.leak())
}

/// Adds every file below `folder` with its route, which is its path within `root`.
#[cfg(not(feature = "embed"))]
fn list(root: &std::path::Path, folder: &std::path::Path, files: &mut Vec<memory_serve::Asset>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(root, &path, files)?;
        } else if let (Ok(name), Some(place)) = (path.strip_prefix(root), path.to_str()) {
            files.push(memory_serve::Asset {
                route: format!("/{}", name.display()).leak(),
                path: place.to_owned().leak(),
                etag: "",
                content_type: mime_guess::from_path(name).first_raw().unwrap_or("application/octet-stream"),
                bytes: None,
                is_compressed: false,
                should_compress: false,
            });
        }
    }
    Ok(())
}

#[cfg(all(test, not(feature = "embed")))]
mod tests {
    use axum::body::Body;
    use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
    use axum::http::{Request, StatusCode};
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    async fn what_makes_an_app_of_it_is_what_browsers_take_it_for() {
        let mut files = Vec::new();
        let public = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("public");
        list(&public, &public, &mut files).unwrap();
        let (router, _) = configure::<()>(MemoryServe::new(files.leak()));
        for (path, content_type) in [
            ("/service-worker.js", "text/javascript"),
            ("/manifest.webmanifest", "application/manifest+json"),
            ("/icon-192.png", "image/png"),
            ("/icon-512.png", "image/png"),
            ("/icon-maskable.png", "image/png"),
            ("/apple-touch-icon.png", "image/png"),
        ] {
            let answer = router.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
            assert_eq!(answer.status(), StatusCode::OK, "{path}");
            assert_eq!(answer.headers()[CONTENT_TYPE], content_type, "{path}");
            assert_eq!(answer.headers()[CACHE_CONTROL], "no-cache", "{path}");
        }
    }

    #[tokio::test]
    async fn files_on_disk_have_hashed_names_and_are_not_sent_twice() {
        let site = tempfile::tempdir().unwrap();
        std::fs::create_dir(site.path().join("pkg")).unwrap();
        std::fs::write(site.path().join("pkg/trellis.wasm"), "a module").unwrap();
        let mut files = Vec::new();
        list(site.path(), site.path(), &mut files).unwrap();
        let (router, names) = configure::<()>(MemoryServe::new(files.leak()));

        assert!(names.wasm.starts_with("/pkg/trellis.") && names.wasm.len() > "/pkg/trellis.wasm".len(), "{names:?}");
        assert_eq!(names.script, "/pkg/trellis.js", "a file that is missing keeps its plain name");
        let ask = |etag: &str| Request::get(&names.wasm).header(IF_NONE_MATCH, etag).body(Body::empty()).unwrap();
        let first = router.clone().oneshot(ask("")).await.unwrap();
        assert_eq!(first.headers()[CONTENT_TYPE], "application/wasm");
        assert_eq!(first.headers()[CACHE_CONTROL], "no-cache");
        let etag = first.headers()[ETAG].to_str().unwrap();
        assert_eq!(router.oneshot(ask(etag)).await.unwrap().status(), StatusCode::NOT_MODIFIED);
    }
}
