//! A built site on a host: the configuration of hosts ([`hosts`]) and the local server ([`serve`]),
//! both with the headers of [`policy`]. [`own_address`] decides which paths can be addresses of the
//! site, and [`base`] parses the site's own path.

pub(crate) mod base;
pub(crate) mod hosts;
pub(crate) mod own_address;
pub(crate) mod policy;
pub(crate) mod serve;
