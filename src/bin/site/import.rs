//! Import.
#![allow(dead_code)]
mod html;
mod loss;
mod marks;
mod words;
