package brimful.extract.pdf;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;

/// Mends the tree of a PDF's pages where it leads back into itself: PDFBox walks its root twice
/// then, and reads each page twice.
///
/// A page that is listed twice stays, as it is shown twice.
final class PageTree {
  private PageTree() {}

  /// Takes out of a document's tree what leads to a list of pages that is in it already.
  static void cutLoops(PDDocument document) {
    COSDictionary root =
        document.getDocumentCatalog().getCOSObject().getCOSDictionary(COSName.PAGES);
    if (root == null) {
      return;
    }
    Set<COSDictionary> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<COSDictionary> open = new ArrayDeque<>();
    seen.add(root);
    open.push(root);
    while (!open.isEmpty()) {
      COSArray kids = open.pop().getCOSArray(COSName.KIDS);
      for (int i = 0; kids != null && i < kids.size(); i++) {
        if (kids.getObject(i) instanceof COSDictionary kid && kid.containsKey(COSName.KIDS)) {
          if (seen.add(kid)) {
            open.push(kid);
          } else {
            kids.remove(i--);
          }
        }
      }
    }
  }
}
