mod bed;
mod law;
mod lifecycle;
