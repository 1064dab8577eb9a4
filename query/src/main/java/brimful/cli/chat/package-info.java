/// The interactive session: lines of a terminal come in, answers and evidence about one corpus go
/// out. One thread reads and asks; a signal interrupts it. JLine is used here only.
@NullMarked
package brimful.cli.chat;

import org.jspecify.annotations.NullMarked;
