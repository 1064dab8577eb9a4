package brimful.kafka.record;

import brimful.corpus.CellRange;
import brimful.corpus.Chunk;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Locator;
import brimful.corpus.Minutes;
import brimful.corpus.Picture;
import brimful.corpus.PictureHeader;
import brimful.corpus.Secrets;
import brimful.corpus.UserError;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes and reads [Revision]s as CBOR (RFC 8949), token by token.
///
/// All text of a corpus passes here once in a worker and once in each index worker. In JSON, code
/// is full of characters to escape, and building trees would take as long as indexing.
///
/// | | |
/// |---|---|
/// | document | `{"id":…,"title":…,"chunks":[chunk,…]}` |
/// | chunk | `{"at":locator,"in":heading,"defines":[…],"text":…,"tokens":…,"picture":bytes}`; its place in the list is its ordinal |
/// | locator | `{"lines":[1,40]}`, `{"page":3}`, `{"slide":3}`, `{"sheet":"Costs","cells":"A2:D40"}`, `{"cell":12}`, `{"seconds":[751,760]}` |
/// | member | `{"id":…,"outcome":outcome}`, for outcomes see [RecordJson] |
/// | secrets | `{"count":n,"found":[{"id":…,"locator":…,"rule":…},…]}` |
public final class RevisionCbor {
  private static final JsonFactory CBOR = new CBORMapper().getFactory();

  private RevisionCbor() {}

  /// The content of a manifest or a body; missing fields are empty.
  public static final class Fields {
    private JsonNode scalars = RecordJson.object();
    private List<Document> documents = List.of();
    private List<Item.Member> members = List.of();
    private Secrets secrets = Secrets.NONE;

    /// Returns all fields except documents and members.
    JsonNode scalars() {
      return scalars;
    }

    List<Document> documents() {
      return documents;
    }

    List<Item.Member> members() {
      return members;
    }

    Secrets secrets() {
      return secrets;
    }
  }

  /// Writes an object with the fields of a header.
  static byte[] bytes(JsonNode header) {
    return bytes(header, List.of(), List.of(), Secrets.NONE);
  }

  /// Writes an object with the fields of a header, and an item's texts.
  static byte[] bytes(JsonNode header, Item item) {
    return bytes(header, item.documents(), item.members(), item.secrets());
  }

  private static byte[] bytes(
      JsonNode header, List<Document> documents, List<Item.Member> members, Secrets secrets) {
    try (var bytes = new ByteArrayBuilder();
        JsonGenerator json = CBOR.createGenerator(bytes)) {
      json.writeStartObject();
      header.properties().forEach(field -> write(json, field.getKey(), field.getValue()));
      if (!documents.isEmpty()) {
        json.writeArrayFieldStart("documents");
        for (Document document : documents) {
          write(json, document);
        }
        json.writeEndArray();
      }
      if (!members.isEmpty()) {
        json.writeArrayFieldStart("members");
        for (Item.Member member : members) {
          json.writeStartObject();
          json.writeStringField("id", member.id().value());
          write(json, "outcome", RecordJson.of(member.outcome()));
          json.writeEndObject();
        }
        json.writeEndArray();
      }
      if (secrets.count() > 0) {
        write(json, secrets);
      }
      json.writeEndObject();
      json.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(JsonGenerator json, String name, JsonNode value) {
    try {
      json.writeFieldName(name);
      json.writeTree(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(JsonGenerator json, Secrets secrets) throws IOException {
    json.writeObjectFieldStart("secrets");
    json.writeNumberField("count", secrets.count());
    json.writeArrayFieldStart("found");
    for (Secrets.Found one : secrets.found()) {
      json.writeStartObject();
      json.writeStringField("id", one.document().value());
      json.writeStringField("locator", one.locator());
      json.writeStringField("rule", one.rule());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Document document) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", document.id().value());
    if (!document.title().isEmpty()) {
      json.writeStringField("title", document.title());
    }
    json.writeArrayFieldStart("chunks");
    for (Chunk chunk : document.chunks()) {
      json.writeStartObject();
      write(json, chunk.locator());
      if (!chunk.heading().isEmpty()) {
        json.writeStringField("in", chunk.heading());
      }
      if (!chunk.definitions().isEmpty()) {
        json.writeArrayFieldStart("defines");
        for (String definition : chunk.definitions()) {
          json.writeString(definition);
        }
        json.writeEndArray();
      }
      json.writeStringField("text", chunk.text());
      json.writeNumberField("tokens", chunk.tokens());
      if (!chunk.picture().isNone()) {
        json.writeBinaryField("picture", chunk.picture().bytes());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Locator locator) throws IOException {
    json.writeObjectFieldStart("at");
    switch (locator) {
      case Locator.Lines(int first, int last) -> {
        json.writeFieldName("lines");
        json.writeArray(new int[] {first, last}, 0, 2);
      }
      case Locator.Page(int number) -> json.writeNumberField("page", number);
      case Locator.Figure(int page, int number) -> {
        // Readers of before take it for its page.
        json.writeNumberField("page", page);
        json.writeNumberField("figure", number);
      }
      case Locator.Slide(int number) -> json.writeNumberField("slide", number);
      case Locator.Sheet(String name, Optional<CellRange> cells) -> {
        json.writeStringField("sheet", name);
        if (cells.isPresent()) {
          json.writeStringField("cells", cells.get().display());
        }
      }
      case Locator.Cell(int number) -> json.writeNumberField("cell", number);
      case Locator.Time(int first, int last) -> {
        json.writeFieldName("seconds");
        json.writeArray(new int[] {first, last}, 0, 2);
      }
      case Locator.Turns(int first, int last, Optional<Minutes> time, List<String> speakers) -> {
        json.writeFieldName("turns");
        json.writeArray(new int[] {first, last}, 0, 2);
        if (time.isPresent()) {
          json.writeStringField("time", time.get().display());
        }
        json.writeFieldName("speakers");
        json.writeArray(speakers.toArray(String[]::new), 0, speakers.size());
      }
    }
    json.writeEndObject();
  }

  /// Reads a manifest or a body.
  ///
  /// @throws UnreadableRecord as [RecordJson#read]
  public static Fields read(byte[] bytes) {
    var fields = new Fields();
    var scalars = RecordJson.object();
    scalars.removeAll();
    try (JsonParser json = CBOR.createParser(bytes)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new UnreadableRecord("it is no CBOR object");
      }
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        json.nextToken();
        switch (name) {
          case "documents" -> fields.documents = documents(json);
          case "members" -> fields.members = members(json);
          case "secrets" -> fields.secrets = secrets(json.readValueAsTree());
          default -> scalars.set(name, json.<JsonNode>readValueAsTree());
        }
      }
    } catch (JacksonException e) {
      throw new UnreadableRecord("it is not CBOR as we write it: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException | UserError e) {
      throw new UnreadableRecord(String.valueOf(e.getMessage()));
    }
    fields.scalars = RecordJson.checked(scalars);
    return fields;
  }

  private static List<Document> documents(JsonParser json) throws IOException {
    var documents = new ArrayList<Document>();
    while (json.nextToken() == JsonToken.START_OBJECT) {
      String id = "";
      String title = "";
      var drafts = new ArrayList<Draft>();
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        json.nextToken();
        switch (name) {
          case "id" -> id = string(json);
          case "title" -> title = string(json);
          case "chunks" -> {
            while (json.nextToken() == JsonToken.START_OBJECT) {
              drafts.add(Draft.read(json));
            }
          }
          default -> json.skipChildren();
        }
      }
      var document = new DocumentId(id);
      var chunks = new ArrayList<Chunk>(drafts.size());
      for (Draft draft : drafts) {
        chunks.add(draft.chunk(document, chunks.size()));
      }
      documents.add(new Document(document, title, chunks));
    }
    return documents;
  }

  private static List<Item.Member> members(JsonParser json) throws IOException {
    var members = new ArrayList<Item.Member>();
    while (json.nextToken() == JsonToken.START_OBJECT) {
      JsonNode node = json.readValueAsTree();
      members.add(
          new Item.Member(
              new DocumentId(RecordJson.text(node, "id")),
              RecordJson.outcome(node.path("outcome"))));
    }
    return members;
  }

  private static Secrets secrets(JsonNode node) {
    var found = new ArrayList<Secrets.Found>();
    for (JsonNode one : node.path("found")) {
      found.add(
          new Secrets.Found(
              new DocumentId(RecordJson.text(one, "id")),
              RecordJson.text(one, "locator"),
              RecordJson.text(one, "rule")));
    }
    return new Secrets(RecordJson.number(node, "count"), found);
  }

  /// A chunk whose document is not known yet.
  private record Draft(
      Locator locator,
      String heading,
      List<String> definitions,
      String text,
      int tokens,
      Picture picture) {

    static Draft read(JsonParser json) throws IOException {
      Locator locator = new Locator.Lines(1, 1);
      String heading = "";
      var definitions = new ArrayList<String>();
      String text = "";
      int tokens = 0;
      Picture picture = Picture.NONE;
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        json.nextToken();
        switch (name) {
          case "at" -> locator = locatorOf(json.readValueAsTree());
          case "in" -> heading = string(json);
          case "defines" -> {
            while (json.nextToken() == JsonToken.VALUE_STRING) {
              definitions.add(string(json));
            }
          }
          case "text" -> text = string(json);
          case "tokens" -> tokens = json.getIntValue();
          case "picture" -> picture = pictureOf(json);
          default -> json.skipChildren();
        }
      }
      return new Draft(locator, heading, definitions, text, tokens, picture);
    }

    Chunk chunk(DocumentId document, int ordinal) {
      return new Chunk(document, ordinal, locator, heading, definitions, text, tokens, picture);
    }
  }

  private static Picture pictureOf(JsonParser json) throws IOException {
    byte[] bytes = json.getBinaryValue();
    if (bytes.length > Picture.BYTES_MAX || PictureHeader.of(bytes).isEmpty()) {
      throw new UnreadableRecord("it has a picture that is none");
    }
    return new Picture(bytes);
  }

  private static String string(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw new UnreadableRecord("it has no text where there should be one");
    }
    return json.getText();
  }

  private static Locator locatorOf(JsonNode node) {
    if (node.has("lines")) {
      return new Locator.Lines(
          node.path("lines").path(0).asInt(), node.path("lines").path(1).asInt());
    }
    if (node.has("page")) {
      int page = node.path("page").asInt();
      return node.has("figure")
          ? new Locator.Figure(page, node.path("figure").asInt())
          : new Locator.Page(page);
    }
    if (node.has("slide")) {
      return new Locator.Slide(node.path("slide").asInt());
    }
    if (node.has("cell")) {
      return new Locator.Cell(node.path("cell").asInt());
    }
    if (node.has("turns")) {
      List<String> speakers = new ArrayList<>();
      node.path("speakers").forEach(speaker -> speakers.add(speaker.asText()));
      return new Locator.Turns(
          node.path("turns").path(0).asInt(),
          node.path("turns").path(1).asInt(),
          Minutes.parse(node.path("time").asText()),
          speakers);
    }
    if (node.has("seconds")) {
      return new Locator.Time(
          node.path("seconds").path(0).asInt(), node.path("seconds").path(1).asInt());
    }
    return new Locator.Sheet(
        RecordJson.text(node, "sheet"), CellRange.parse(node.path("cells").asText()));
  }
}
