//! What Cargo.toml says about the project.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

/// The project's folders, and the settings that it shares with cargo-leptos.
pub struct Project {
    /// The folder of Cargo.toml.
    pub root: PathBuf,
    /// Where Cargo puts what it builds.
    pub target: PathBuf,
    /// `[package.metadata.leptos]`.
    pub leptos: Leptos,
}

/// The settings in `[package.metadata.leptos]` that matter here.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Leptos {
    /// What the client's files are called.
    pub output_name: String,
    /// Where the client is put together.
    pub site_root: PathBuf,
    /// The folder of scripts and styles within `site_root`.
    pub site_pkg_dir: PathBuf,
    /// Where `run` serves.
    pub site_addr: String,
    /// The style sheet that imports all others.
    pub lightningcss_input_file: PathBuf,
    /// Files that are served as they are.
    pub assets_dir: PathBuf,
    /// The server's executable.
    pub bin_target: String,
    /// The client's profile for `run` and `test`.
    pub lib_profile_dev: String,
    /// The client's profile for `build`.
    pub lib_profile_release: String,
    /// The browser tests.
    pub end2end_dir: PathBuf,
}

#[derive(Deserialize)]
struct Metadata {
    workspace_root: PathBuf,
    target_directory: PathBuf,
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    metadata: Option<PackageMetadata>,
}

#[derive(Deserialize)]
struct PackageMetadata {
    leptos: Option<Leptos>,
}

impl Project {
    /// Asks Cargo.
    pub fn load() -> Result<Self> {
        let output = Command::new("cargo")
            .args(["metadata", "--no-deps", "--format-version", "1"])
            .stderr(std::process::Stdio::inherit())
            .output()
            .context("cannot run cargo")?;
        let metadata: Metadata = serde_json::from_slice(&output.stdout).context("cargo metadata makes no sense")?;
        let leptos = metadata
            .packages
            .into_iter()
            .find_map(|package| package.metadata?.leptos)
            .context("no package has [package.metadata.leptos]")?;
        Ok(Self { root: metadata.workspace_root, target: metadata.target_directory, leptos })
    }

    /// A `cargo` that runs in the project's folder.
    pub fn cargo<const N: usize>(&self, arguments: [&str; N]) -> Command {
        let mut cargo = Command::new("cargo");
        cargo.args(arguments).current_dir(&self.root);
        // What cargo told this program about itself would make some packages compile again for each way of calling it.
        for (name, _) in std::env::vars_os() {
            if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
                cargo.env_remove(name);
            }
        }
        cargo
    }

    /// The folder that holds the client as it is served, for `release` or not.
    pub fn site(&self, release: bool) -> PathBuf {
        let site = self.leptos.site_root.strip_prefix("target").unwrap_or(&self.leptos.site_root);
        let site = self.target.join(site);
        if release { site.with_extension("release") } else { site }
    }

    /// The server that `run` and `test` build.
    pub fn binary(&self) -> PathBuf {
        self.target.join("debug").join(&self.leptos.bin_target)
    }

    /// The folder of the browser tests.
    pub fn end2end(&self) -> PathBuf {
        self.root.join(&self.leptos.end2end_dir)
    }

    /// `path` as a person in the project's folder would write it.
    pub fn shown<'a>(&self, path: &'a Path) -> std::path::Display<'a> {
        path.strip_prefix(&self.root).unwrap_or(path).display()
    }
}
