@NullMarked
package brimful.extract.ocr;

import org.jspecify.annotations.NullMarked;
