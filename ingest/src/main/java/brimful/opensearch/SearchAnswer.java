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

  /// @throws IOException if it is no such answer
  static SearchAnswer of(byte[] json) throws IOException {
    var hits = new ArrayList<Found>();
    ObjectNode rest = JSON.createObjectNode();
    try (JsonParser in = JSON.createParser(json)) {
      in.nextToken();
      require(in, JsonToken.START_OBJECT);
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        in.nextToken();
        if (name.equals("hits")) {
          readHits(in, hits);
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

  private static void readHits(JsonParser in, List<Found> hits) throws IOException {
    require(in, JsonToken.START_OBJECT);
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = in.currentName().equals("hits");
      in.nextToken();
      if (wanted) {
        require(in, JsonToken.START_ARRAY);
        while (in.nextToken() == JsonToken.START_OBJECT) {
          hits.add(hit(in));
        }
        require(in, JsonToken.END_ARRAY);
      } else {
        in.skipChildren();
      }
    }
  }

  private static Found hit(JsonParser in) throws IOException {
    var scores = new Scores();
    double score = 0;
    var address = new Address(0, 0);
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
          address = new Address(block, in.getIntValue());
          in.nextToken();
          require(in, JsonToken.END_ARRAY);
        }
        case "matched_queries" -> scores.read(in);
        default -> in.skipChildren();
      }
    }
    return new Found(score, address, scores.clauses(), scores.values());
  }

  /// The scores of one hit.
  private static final class Scores {
    private int[] clauses = new int[16];
    private float[] values = new float[16];
    private int size;

    void read(JsonParser in) throws IOException {
      require(in, JsonToken.START_OBJECT);
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        if (size == clauses.length) {
          clauses = Arrays.copyOf(clauses, 2 * size);
          values = Arrays.copyOf(values, 2 * size);
        }
        clauses[size] = number(in.currentName());
        in.nextToken();
        values[size++] = in.getFloatValue();
      }
    }

    private static int number(String clause) throws IOException {
      try {
        return Integer.parseUnsignedInt(clause);
      } catch (NumberFormatException e) {
        throw new IOException("a query with the name " + clause, e);
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
