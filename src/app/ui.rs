//! The few pieces that every page is made of.

pub mod avatar;
pub mod chooser;
pub mod dialog;
pub mod focus;
pub mod icon;
pub mod marked;
pub mod meter;
pub mod moment;
pub mod plain;
pub mod signs;
pub mod text_area;
