mod bed;
mod changes;
mod law;
mod lifecycle;
