//! Holds nothing: the misuses that must not compile stand in `misuse/`, one a file.
