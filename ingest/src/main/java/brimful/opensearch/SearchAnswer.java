package brimful.opensearch;

import brimful.index.EngineCatalog.Address;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What a search found, read without a tree of JSON: a long question has some million scores.
///
/// @param rest all but the hits
record SearchAnswer(List<Found> hits, JsonNode rest) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// A record that was found.
  ///
  /// @param score by which the engine orders
  /// @param clauses the numbers of those whose terms it has
  /// @param scores of these clauses
  record Found(double score, Address address, int[] clauses, float[] scores) {}

  /// @param clauses how many the search had
  /// @throws IOException if it is no such answer
  static SearchAnswer of(byte[] json, int clauses) throws IOException {
    var hits = new ArrayList<Found>();
    ObjectNode rest = JSON.createObjectNode();
    try (JsonParser in = JSON.createParser(json)) {
      in.nextToken();
      require(in, JsonToken.START_OBJECT);
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        in.nextToken();
        if (name.equals("hits")) {
          readHits(in, clauses, hits);
        } else {
          rest.set(name, in.readValueAsTree());
        }
      }
    }
    return new SearchAnswer(hits, rest);
  }

  private static void require(JsonParser in, JsonToken token) throws IOException {
    if (in.currentToken() != token) {
      throw new IOException("%s where a search has %s".formatted(in.currentToken(), token));
    }
  }

  private static void readHits(JsonParser in, int clauses, List<Found> hits) throws IOException {
    require(in, JsonToken.START_OBJECT);
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = in.currentName().equals("hits");
      in.nextToken();
      if (wanted) {
        require(in, JsonToken.START_ARRAY);
        while (in.nextToken() == JsonToken.START_OBJECT) {
          hits.add(hit(in, clauses));
        }
        require(in, JsonToken.END_ARRAY);
      } else {
        in.skipChildren();
      }
    }
  }

  private static Found hit(JsonParser in, int clauses) throws IOException {
    var scores = new Scores();
    double score = 0;
    Optional<Address> address = Optional.empty();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      switch (name) {
        case "sort" -> {
          require(in, JsonToken.START_ARRAY);
          in.nextToken();
          score = in.getDoubleValue();
          in.nextToken();
          long block = in.getLongValue();
          in.nextToken();
          address = Optional.of(new Address(block, in.getIntValue()));
          in.nextToken();
          require(in, JsonToken.END_ARRAY);
        }
        case "matched_queries" -> scores.read(in, clauses);
        default -> in.skipChildren();
      }
    }
    if (address.isEmpty()) {
      throw new IOException("a hit without its place");
    }
    return new Found(score, address.get(), scores.clauses(), scores.values());
  }

  /// The scores of one hit.
  private static final class Scores {
    private int[] clauses = new int[16];
    private float[] values = new float[16];
    private int size;

    void read(JsonParser in, int most) throws IOException {
      require(in, JsonToken.START_OBJECT);
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        if (size == clauses.length) {
          clauses = Arrays.copyOf(clauses, 2 * size);
          values = Arrays.copyOf(values, 2 * size);
        }
        clauses[size] = number(in.currentName(), most);
        in.nextToken();
        values[size++] = in.getFloatValue();
      }
    }

    private static int number(String clause, int most) throws IOException {
      try {
        return Objects.checkIndex(Integer.parseInt(clause), most);
      } catch (NumberFormatException | IndexOutOfBoundsException e) {
        throw new IOException(
            "a query with the name %s, of %s that were asked".formatted(clause, most), e);
      }
    }

    int[] clauses() {
      return Arrays.copyOf(clauses, size);
    }

    float[] values() {
      return Arrays.copyOf(values, size);
    }
  }
}
