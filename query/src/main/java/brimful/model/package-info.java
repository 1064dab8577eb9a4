/// Knows the models: the catalog, prices, cache rules, the person's settings and keys, and the
/// local runners on this machine.
///
/// Names, files and the environment come in; a [ModelChoice] goes out. Prices are USD per million
/// tokens. Keys never print.
@NullMarked
package brimful.model;

import org.jspecify.annotations.NullMarked;
