//! 成果通报: working figures beside the published ones, each opened down to its source lines; publishing an edition.
