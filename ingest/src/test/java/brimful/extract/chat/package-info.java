@NullMarked
package brimful.extract.chat;

import org.jspecify.annotations.NullMarked;
