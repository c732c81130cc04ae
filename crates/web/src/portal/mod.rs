//! The portal: what everybody sees. Figures come from published editions only.

pub(crate) mod assets;
pub(crate) mod bulletin;
pub(crate) mod figure;
pub(crate) mod home;
pub(crate) mod models;
pub(crate) mod project;
pub(crate) mod published;
