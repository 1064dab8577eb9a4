package brimful.extract.text;

import brimful.corpus.PathKind;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// A picture in a notebook: what a cell put out, or what is attached to its text.
///
/// @param name such as `cell-3-output-1.png`
/// @param bytes the picture's file
public record CellPicture(String name, byte[] bytes) {
  private static final Map<String, String> ENDINGS =
      Map.ofEntries(
          Map.entry("image/png", ".png"),
          Map.entry("image/jpeg", ".jpg"),
          Map.entry("image/gif", ".gif"),
          Map.entry("image/bmp", ".bmp"),
          Map.entry("image/tiff", ".tif"),
          Map.entry("image/webp", ".webp"),
          // The third version of the format.
          Map.entry("png", ".png"),
          Map.entry("jpeg", ".jpg"));

  /// Returns whether files of a name may have such pictures.
  public static boolean isFor(String path) {
    return PathKind.ending(path).equals("ipynb");
  }

  /// Returns the pictures of a notebook in the order of its cells; none if a file is no notebook.
  public static List<CellPicture> of(byte[] file) {
    JsonNode root;
    try {
      root = Notebook.JSON.readTree(file);
    } catch (IOException e) {
      return List.of();
    }
    var pictures = new ArrayList<CellPicture>();
    int number = 0;
    for (JsonNode cell : cells(root)) {
      number++;
      int output = 0;
      for (JsonNode one : cell.path("outputs")) {
        output++;
        add(one.has("data") ? one.path("data") : one, pictures, number + "-output-" + output);
      }
      for (var attached : cell.path("attachments").properties()) {
        String name = attached.getKey().replaceFirst("\\.[A-Za-z]{3,4}$", "");
        add(attached.getValue(), pictures, number + "-" + name.replaceAll("[/\\\\]", "-"));
      }
    }
    return pictures;
  }

  private static List<JsonNode> cells(JsonNode root) {
    var cells = new ArrayList<JsonNode>();
    root.path("cells").forEach(cells::add);
    root.path("worksheets").forEach(sheet -> sheet.path("cells").forEach(cells::add));
    return cells;
  }

  /// Adds the first form that is a picture: others show the same.
  private static void add(JsonNode forms, List<CellPicture> pictures, String name) {
    for (var form : forms.properties()) {
      String ending = ENDINGS.get(form.getKey());
      if (ending != null) {
        byte[] bytes = decoded(Notebook.joined(form.getValue()));
        if (bytes.length > 0) {
          pictures.add(new CellPicture("cell-" + name + ending, bytes));
          return;
        }
      }
    }
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
