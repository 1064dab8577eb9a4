/// Numbers and dates as a sheet's formats show them.
@NullMarked
package brimful.extract.office.cell;

import org.jspecify.annotations.NullMarked;
