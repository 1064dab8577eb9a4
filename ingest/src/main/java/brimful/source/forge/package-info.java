/// What forges say of their organisations: which repositories there are, and where.
///
/// An address such as `github-org:NAME` comes in, a list of [ForgeRepository] goes out. Only names
/// and addresses are asked for; `brimful.source` fetches. A list is whole or fails. Safe for many
/// threads.
@NullMarked
package brimful.source.forge;

import org.jspecify.annotations.NullMarked;
