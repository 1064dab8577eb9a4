/// What commands print: summaries, progress bars, tables and JSON.
@NullMarked
package brimful.cli.view;

import org.jspecify.annotations.NullMarked;
