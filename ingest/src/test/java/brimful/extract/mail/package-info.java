@NullMarked
package brimful.extract.mail;

import org.jspecify.annotations.NullMarked;
