package brimful.cli.option;

import brimful.extract.ocr.ImageMode;
import brimful.extract.ocr.Ocr;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.cli.Options;

/// The options of OCR and images, which count before the variables of [Ocr] and [ImageMode], and of
/// sound and video.
public final class OcrOption {
  private static final String MODE = "ocr";
  private static final String LANGUAGES = "ocr-languages";

  private static final String IMAGES = "images";

  private OcrOption() {}

  /// Adds the options.
  public static Options in(Options options) {
    return RecordingOptions.in(options)
        .addOption(
            PackOptions.option(
                MODE,
                "WHEN",
                "read images and scanned pages with Tesseract: off, auto or force, which reads pages with text too (default: auto, if it is installed)"))
        .addOption(
            PackOptions.option(
                LANGUAGES, "L+M", "the languages of images and scans, such as eng+deu"))
        .addOption(
            PackOptions.option(
                IMAGES,
                "WHICH",
                "keep images and scanned pages as pictures, for models that see: off, auto or all (default: auto, if the model sees)"));
  }

  /// Returns the variables, with what the command line says.
  public static Map<String, String> environment(Arguments arguments, Terminal terminal) {
    Map<String, String> environment = new HashMap<>(terminal.environment());
    arguments.value(MODE).ifPresent(mode -> environment.put(Ocr.MODE, mode));
    arguments.value(LANGUAGES).ifPresent(names -> environment.put(Ocr.LANGUAGES, names));
    arguments.value(IMAGES).ifPresent(mode -> environment.put(ImageMode.VARIABLE, mode));
    arguments.value("model").ifPresent(model -> environment.put("BRIMFUL_MODEL", model));
    return OrganizationOptions.environment(
        arguments, RecordingOptions.environment(arguments, environment));
  }
}
