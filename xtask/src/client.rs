//! Builds what the browser gets.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail};
use walrus::{ExportItem, FunctionBuilder, FunctionId, FunctionKind, Module, RefType, Table};
use wasm_bindgen_cli_support::Bindgen;

use crate::machine::{WASM_OPT, ensure_tools, ensure_wasm_target};
use crate::project::Project;
use crate::step::{execute, step};

/// What Rust's wasm32 target uses beyond the first version of WebAssembly.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-mutable-globals",
    "--enable-multivalue",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// How the symbols of `tachys::view::any_view::IntoAny::into_any::hydrate_async` and of its async blocks begin.
const LATE_HYDRATION: &str = "_ZN53_$LT$T$u20$as$u20$tachys..view..any_view..IntoAny$GT$8into_any13hydrate_async";

/// Builds the client, quickly or, for `release`, as small as it gets. Returns the folder that holds it.
pub fn build(project: &Project, release: bool) -> Result<PathBuf> {
    if release {
        ensure_tools(&[WASM_OPT])?;
    }
    ensure_wasm_target()?;
    let module = step("Compile the client", || compile(project, release))?;
    let bound = step("Bind the client to the browser", || bind(project, &module, release))?;
    step("Put the client together", || assemble(project, &bound, release))
}

fn compile(project: &Project, release: bool) -> Result<PathBuf> {
    let profile = if release { &project.leptos.lib_profile_release } else { &project.leptos.lib_profile_dev };
    execute(project.cargo(["build", "--lib", "--no-default-features", "--features", "hydrate"]).args([
        "--target",
        "wasm32-unknown-unknown",
        "--profile",
        profile,
    ]))?;
    let module = format!("{}.wasm", project.leptos.output_name);
    Ok(project.target.join("wasm32-unknown-unknown").join(profile).join(module))
}

/// Makes the script and the final module out of what the compiler made. Returns their folder.
fn bind(project: &Project, module: &Path, release: bool) -> Result<PathBuf> {
    let name = &project.leptos.output_name;
    let folder = project.target.join("client").join(if release { "release" } else { "dev" });
    let script = folder.join(format!("{name}.js"));
    if is_newer(&script, module) && is_newer(&script, &std::env::current_exe()?) {
        println!("    nothing has changed");
        return Ok(folder);
    }
    let fresh = tempfile::tempdir_in(&project.target)?;
    let mut module = Module::from_file(module)?;
    leave_out_late_hydration(&mut module)?;
    Bindgen::new()
        .input_module(name, module)
        .web(true)
        .and_then(|bindgen| {
            bindgen.typescript(false).keep_debug(false).remove_name_section(true).generate(fresh.path())
        })
        .map_err(|error| anyhow!("{error:#}"))?;
    let bound = fresh.path().join(format!("{name}_bg.wasm"));
    let optimised = fresh.path().join(format!("{name}.wasm"));
    match WASM_OPT.find() {
        Some(program) => {
            // What the first round takes away lets the second see more: half a per cent of the client.
            let effort: &[&str] = if release { &["-Oz", "-Oz"] } else { &["-O1"] };
            execute(Command::new(program).args(WASM_FEATURES).args(effort).arg(&bound).arg("-o").arg(&optimised))?;
            fs::remove_file(&bound)?;
            restore_table_export(&optimised)?;
        }
        None => {
            println!("    wasm-opt is missing (Debian's package binaryen): the client is larger than it need be");
            fs::rename(&bound, &optimised)?;
        }
    }
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(project.target.join("client"))?;
    fs::rename(fresh.keep(), &folder)?;
    Ok(folder)
}

/// Empties what hydrates a view later, while parts of the client are still on their way.
///
/// Leptos compiles two ways to hydrate each view: at once, which `hydrate` in `src/lib.rs` asks for, and later, for
/// `hydrate_lazy`. Both stand in the table of every `AnyView`, so that no compiler can tell that one of them is never asked for:
/// it is 3 % of the client on the wire. Only the functions in those tables are emptied, and wasm-opt takes away what nothing else
/// calls, since the compiler shares functions further down with what hydrates at once. A page that did ask for it would end in a
/// trap.
///
/// # Errors
///
/// If there is none, since then they have another name.
fn leave_out_late_hydration(module: &mut Module) -> Result<()> {
    let is_late = |name: &String| name.starts_with(LATE_HYDRATION);
    let late: Vec<FunctionId> = module
        .funcs
        .iter()
        .filter(|function| function.name.as_ref().is_some_and(is_late))
        .map(|function| function.id())
        .collect();
    if late.is_empty() {
        bail!("nothing in the client hydrates later: what is it called now?");
    }
    for id in late {
        let signature = module.types.get(module.funcs.get(id).ty());
        let (parameters, results) = (signature.params().to_vec(), signature.results().to_vec());
        let arguments = parameters.iter().map(|parameter| module.locals.add(*parameter)).collect();
        let mut body = FunctionBuilder::new(&mut module.types, &parameters, &results);
        body.func_body().unreachable();
        module.funcs.get_mut(id).kind = FunctionKind::Local(body.local_func(arguments));
    }
    Ok(())
}

/// Undoes a fault of wasm-opt before version 110 (Debian 12 has 108): it writes every exported table as the first one.
fn restore_table_export(file: &Path) -> Result<()> {
    let mut module = Module::from_file(file)?;
    let references = module.tables.iter().find(|table| table.element_ty == RefType::EXTERNREF).map(Table::id);
    let export = module.exports.iter_mut().find(|export| export.name == "__wbindgen_externrefs");
    if let (Some(table), Some(export)) = (references, export)
        && !matches!(export.item, ExportItem::Table(exported) if exported == table)
    {
        export.item = ExportItem::Table(table);
        module.emit_wasm_file(file)?;
    }
    Ok(())
}

fn is_newer(output: &Path, input: &Path) -> bool {
    let modified = |path: &Path| fs::metadata(path).and_then(|file| file.modified()).ok();
    modified(output).is_some_and(|output| Some(output) >= modified(input))
}

/// Fills the folder that is served, and touches only what differs.
fn assemble(project: &Project, bound: &Path, release: bool) -> Result<PathBuf> {
    let site = project.site(release);
    let scripts = &project.leptos.site_pkg_dir;
    let mut files = Vec::new();
    collect(bound, scripts, &mut files)?;
    collect(&project.root.join(&project.leptos.assets_dir), Path::new(""), &mut files)?;
    let style = bundle(&project.root.join(&project.leptos.lightningcss_input_file))?;
    files.push((scripts.join(format!("{}.css", project.leptos.output_name)), style.into_bytes()));

    let mut old = Vec::new();
    if site.exists() {
        collect(&site, Path::new(""), &mut old)?;
    }
    for (path, _) in old.iter().filter(|(path, _)| files.iter().all(|(wanted, _)| wanted != path)) {
        fs::remove_file(site.join(path))?;
    }
    for file in files.iter().filter(|file| !old.contains(file)) {
        let path = site.join(&file.0);
        fs::create_dir_all(path.parent().unwrap_or(&site))?;
        fs::write(path, &file.1)?;
    }
    let bytes: usize = files.iter().map(|(_, content)| content.len()).sum();
    println!("    {} files, {} kB, in {}", files.len(), bytes / 1000, project.shown(&site));
    Ok(site)
}

/// Reads every file below `folder`, with its path put under `prefix`.
fn collect(folder: &Path, prefix: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        let path = prefix.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &path, files)?;
        } else {
            files.push((path, fs::read(entry.path())?));
        }
    }
    Ok(())
}

/// Puts every `@import "./file.css";` of a style sheet in its place.
fn bundle(sheet: &Path) -> Result<String> {
    let text = fs::read_to_string(sheet).with_context(|| format!("cannot read {}", sheet.display()))?;
    let mut bundled = String::new();
    for line in text.lines() {
        match line.strip_prefix("@import ") {
            None => bundled.push_str(line),
            Some(import) => match import.strip_prefix("\"./").and_then(|import| import.strip_suffix("\";")) {
                Some(file) => bundled.push_str(&bundle(&sheet.with_file_name(file))?),
                None => bail!("{}: expected @import \"./file.css\"; but found {line}", sheet.display()),
            },
        }
        bundled.push('\n');
    }
    Ok(bundled)
}

#[cfg(test)]
mod tests {
    use walrus::ir::Instr;
    use walrus::{Function, ValType};

    use super::*;

    /// A module with functions of these names that answer their argument.
    fn module_of(names: &[&str]) -> Module {
        let mut module = Module::default();
        for name in names {
            let argument = module.locals.add(ValType::I32);
            let mut function = FunctionBuilder::new(&mut module.types, &[ValType::I32], &[ValType::I32]);
            function.name((*name).to_owned()).func_body().local_get(argument);
            let id = function.finish(vec![argument], &mut module.funcs);
            module.exports.add(name, id);
        }
        module
    }

    #[test]
    fn what_hydrates_later_is_left_out() {
        let block = format!("{LATE_HYDRATION}28_$u7b$$u7b$closure$u7d$$u7d$17hE");
        let shared = "_ZN6tachys14reactive_graph10RenderHtml13hydrate_async17hE";
        let mut module = module_of(&[shared, &block, &format!("{LATE_HYDRATION}17hE")]);
        leave_out_late_hydration(&mut module).unwrap();
        let module = Module::from_buffer(&module.emit_wasm()).unwrap();
        let is_empty = |function: &Function| {
            let body = function.kind.unwrap_local();
            let instructions = &body.block(body.entry_block()).instrs;
            matches!(instructions[..], [(Instr::Unreachable(_), _)])
        };
        let empty: Vec<bool> = module
            .exports
            .iter()
            .filter_map(|export| match export.item {
                ExportItem::Function(id) => Some(is_empty(module.funcs.get(id))),
                _ => None,
            })
            .collect();
        assert_eq!(empty, [false, true, true]);
    }

    #[test]
    fn a_client_where_nothing_hydrates_later_is_an_error() {
        assert!(leave_out_late_hydration(&mut module_of(&["_ZN6tachys7hydrate17hE"])).is_err());
    }

    #[test]
    fn imports_are_replaced_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("main.css", "@layer a, b;\n@import \"./b.css\";\n@import \"./a.css\";\n");
        write("a.css", "a {}");
        write("b.css", "b {}");
        assert_eq!(bundle(&folder.path().join("main.css")).unwrap(), "@layer a, b;\nb {}\n\na {}\n\n");
    }

    #[test]
    fn an_import_that_cannot_be_bundled_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let sheet = folder.path().join("main.css");
        fs::write(&sheet, "@import url(https://example.org/a.css);").unwrap();
        assert!(bundle(&sheet).unwrap_err().to_string().contains("example.org"));
        fs::write(&sheet, "@import \"./missing.css\";").unwrap();
        assert!(bundle(&sheet).unwrap_err().to_string().contains("missing.css"));
    }
}
