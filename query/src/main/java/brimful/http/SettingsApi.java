package brimful.http;

import brimful.corpus.UserError;
import brimful.http.edge.HttpJson;
import brimful.http.key.Right;
import brimful.model.Settings;
import brimful.service.Backend;
import brimful.service.Models;
import brimful.service.SpendAccount;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Locale;

/// Serves `/v1/settings`: the default model, the providers' keys and what was spent. Changes go to
/// the configuration file, as those of `brimful config`; a key is never shown again.
final class SettingsApi {
  static final String PATH = "/v1/settings";

  private final Backend backend;

  SettingsApi(Backend backend) {
    this.backend = backend;
  }

  List<Route> routes() {
    return List.of(Route.get(PATH, this::show), Route.patch(PATH, this::change));
  }

  private void show(Context context) {
    Models models = backend.models();
    Settings settings = models.settings();
    ObjectNode node = HttpJson.object();
    node.put("model", settings.model().isEmpty() ? null : settings.model())
        .put("model_fixed", models.isModelFixed());
    ArrayNode providers = node.putArray("providers");
    models
        .keys()
        .forEach((provider, place) ->
            providers
                .addObject()
                .put("name", provider)
                .put("key", place.name().toLowerCase(Locale.ROOT)));
    SpendAccount account = Caller.of(context).account();
    ObjectNode spend = node.putObject("spend");
    spend
        .put("usd", backend.spending().balance(account.id()).settledUsd())
        .put("ask_usd_max", settings.spendUsdMax());
    if (Double.isInfinite(account.usdMax())) {
      spend.putNull("usd_max");
    } else {
      spend.put("usd_max", account.usdMax());
    }
    HttpJson.send(context, HttpStatus.OK, node);
  }

  /// Takes the right to manage, too: keys that only read metrics are given to other programs.
  private void change(Context context) {
    Caller.of(context).require(Right.MANAGE);
    JsonNode body = HttpJson.body(context);
    HttpJson.requireOnly(body, List.of("model", "provider", "api_key"));
    if (body.has("provider") != body.has("api_key") || body.has("model") == body.has("provider")) {
      throw new UserError(
          UserError.Kind.USAGE,
          "nothing to change, or two things at once: give \"model\", or \"provider\" and \"api_key\"");
    }
    if (body.has("model")) {
      backend.models().setModel(HttpJson.text(body, "model", ""));
    }
    if (body.has("provider")) {
      backend.models().setKey(HttpJson.text(body, "provider"), HttpJson.text(body, "api_key", ""));
    }
    show(context);
  }
}
