/// The settings that a project brings along, in a file `.brimful.yml`.
///
/// The file is as foreign as the project: it cannot set keys, addresses of models, or paths outside
/// of the project.
@NullMarked
package brimful.cli.project;

import org.jspecify.annotations.NullMarked;
