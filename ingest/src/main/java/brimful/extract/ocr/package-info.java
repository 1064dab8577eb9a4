/// Text from pictures: scanned pages and images.
///
/// The parser process draws a page, or decodes an image, as a [brimful.extract.ocr.GrayImage] and
/// sends it on. This process has [brimful.extract.ocr.Tesseract] read it, where that program is
/// installed, once for each picture: [brimful.extract.ocr.OcrCache] keeps the text. So parsers
/// start no programs, and a picture that Tesseract sees was made by us.
@NullMarked
package brimful.extract.ocr;

import org.jspecify.annotations.NullMarked;
