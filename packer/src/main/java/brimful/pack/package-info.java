/// Fills the model's context window with the best chunks that fit.
///
/// A [brimful.rank.Ranking] and the outlines of the corpus come in; a [Window] goes out, which is
/// all that the `ask` package sees of the corpus. This package is pure: no clock, no I/O, no
/// threads but those that count a very long prompt; the same ranking and budget give the same
/// window, byte for byte. Tokens are those of the counter that is passed in.
///
/// Internally, documents and chunks are numbers: [brimful.pack.Packer] turns the request into a
/// `ChunkTable`, a `Selector` spends the budget through a `Selection`, an `WindowWriter` writes the
/// result. A [brimful.pack.Receipt] is the account of it.
@NullMarked
package brimful.pack;

import org.jspecify.annotations.NullMarked;
