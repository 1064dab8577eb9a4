/// OLE files, such as DOC, XLS, PPT and MSG: what Tika gets wrong in old Word documents and in
/// mails, and what is left of files that end early.
@NullMarked
package brimful.extract.ole;

import org.jspecify.annotations.NullMarked;
