package brimful.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The published schema of a revision of the protocol.
final class PublishedSchema {
  private final String schema;

  PublishedSchema(String revision) {
    try (InputStream in =
        PublishedSchema.class.getResourceAsStream("/mcp/schema-%s.json".formatted(revision))) {
      schema = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Asserts that JSON is what the schema calls `type`.
  void check(String type, String json) {
    check(schema.replaceFirst("\\{", "{\"\\$ref\":\"#/\\$defs/%s\",".formatted(type)), json, type);
  }

  /// Asserts that JSON is what a schema says.
  static void check(String schema, String json, String type) {
    Schema whole =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(schema, InputFormat.JSON);

    assertThat(whole.validate(json, InputFormat.JSON)).as("%s %s", type, json).isEmpty();
  }
}
