/// Web sites: their pages and documents over HTTP, their robots.txt, sitemaps and feeds.
///
/// Addresses come in; answers, lists of pages and the names of pages go out. The only place that
/// reads web pages. One host is asked, never where a page or a redirect points beyond it, and no
/// link is followed. Safe for many threads.
@NullMarked
package brimful.web;

import org.jspecify.annotations.NullMarked;
