package brimful.ask;

import brimful.model.ApiKey;
import brimful.model.ModelCatalog;
import brimful.model.ModelProfile;
import brimful.model.Settings;
import brimful.pack.Window;
import brimful.testing.FakeDeepSeek;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Asks a fake server as the command line would, and keeps what was heard.
final class AskProbe {
  static final String KEY = "sk-0123456789abcdef0123456789abcdef";
  static final Window WINDOW =
      new Window(
          "Cite.\n",
          "",
          "<documents>\n</documents>\n",
          "Where?",
          20,
          100,
          true,
          List.of(),
          List.of(),
          9);

  final StringBuilder streamed = new StringBuilder();
  final StringBuilder reasoned = new StringBuilder();

  Reply ask(FakeDeepSeek fake, Map<String, String> environment) {
    return asker(profile(fake.baseUrl()), environment)
        .ask(
            WINDOW,
            new Asker.Listener() {
              @Override
              public void text(String delta) {
                streamed.append(delta);
              }

              @Override
              public void reasoning(String delta) {
                reasoned.append(delta);
              }
            });
  }

  static ModelProfile profile(String baseUrl) {
    return ModelCatalog.builtIn().defaultProfile().at(baseUrl);
  }

  static Asker asker(ModelProfile profile, Map<String, String> environment) {
    return new Asker(profile, new ApiKey(KEY), settings(environment));
  }

  static Settings settings(Map<String, String> environment) {
    var all = new TreeMap<>(environment);
    all.put("BRIMFUL_HOME", "/no/such/folder");
    return Settings.read(all);
  }
}
