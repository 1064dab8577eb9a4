/// What is left of OLE files that end early: DOC, XLS, PPT and MSG.
@NullMarked
package brimful.extract.ole;

import org.jspecify.annotations.NullMarked;
