@NullMarked
package brimful.extract.office.cell;

import org.jspecify.annotations.NullMarked;
