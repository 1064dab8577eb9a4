package brimful.extract.pdf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;

/// The images that a page may draw, by its resources; its contents are not read.
final class PageImages {
  private static final int DEPTH_MAX = 6;
  private static final int OBJECTS_MAX = 2_000;

  private PageImages() {}

  /// Returns the images in a page's resources and in those of its forms.
  static List<COSStream> of(PDPage page) {
    List<COSStream> images = new ArrayList<>();
    PDResources resources = page.getResources();
    if (resources != null) {
      Set<COSBase> seen = Collections.newSetFromMap(new IdentityHashMap<>());
      collect(resources.getCOSObject(), images, seen, 0);
    }
    return images;
  }

  private static void collect(
      COSDictionary resources, List<COSStream> images, Set<COSBase> seen, int depth) {
    COSDictionary objects = resources.getCOSDictionary(COSName.XOBJECT);
    if (objects == null) {
      return;
    }
    for (COSName name : objects.keySet()) {
      if (seen.size() < OBJECTS_MAX
          && objects.getDictionaryObject(name) instanceof COSStream object
          && seen.add(object)) {
        COSBase kind = object.getDictionaryObject(COSName.SUBTYPE);
        COSDictionary inner = object.getCOSDictionary(COSName.RESOURCES);
        if (COSName.IMAGE.equals(kind)) {
          images.add(object);
        } else if (inner != null && depth < DEPTH_MAX) {
          collect(inner, images, seen, depth + 1);
        }
      }
    }
  }

  static COSDictionary dictionary(PDResources resources) {
    COSDictionary objects = resources.getCOSObject().getCOSDictionary(COSName.XOBJECT);
    return objects == null ? new COSDictionary() : objects;
  }

  static int width(COSStream image) {
    return Math.max(0, image.getInt(COSName.WIDTH, COSName.W));
  }

  static int height(COSStream image) {
    return Math.max(0, image.getInt(COSName.HEIGHT, COSName.H));
  }

  /// Tells whether an image is packed as photos are: in colors, and with losses.
  static boolean isPhoto(COSStream image) {
    COSBase filter = image.getDictionaryObject(COSName.FILTER, COSName.F);
    COSBase last =
        filter instanceof COSArray all && all.size() > 0 ? all.getObject(all.size() - 1) : filter;
    COSBase space = image.getDictionaryObject(COSName.COLORSPACE, COSName.CS);
    return (COSName.DCT_DECODE.equals(last) || COSName.JPX_DECODE.equals(last))
        && !COSName.DEVICEGRAY.equals(space);
  }

  /// Returns what images have in common that are the same, though a file may hold one for each
  /// page: their measures, and the length of what they are packed to.
  static String sameness(COSStream image) {
    return image.containsKey(COSName.FILTER)
        ? width(image) + "x" + height(image) + " " + image.getLength()
        : String.valueOf(image.getKey());
  }

  /// Returns the images of a page, each kind once.
  static Set<String> kinds(List<COSStream> images) {
    var kinds = new HashSet<String>();
    images.forEach(image -> kinds.add(sameness(image)));
    return kinds;
  }
}
