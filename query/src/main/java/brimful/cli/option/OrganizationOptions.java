package brimful.cli.option;

import brimful.corpus.UserError;
import brimful.source.forge.ForgeAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.cli.Options;

/// The options of organisations: what of them is read besides, and where their API is.
public final class OrganizationOptions {
  private static final String ARCHIVED = "archived";
  private static final String FORKS = "forks";
  private static final String API = "api";

  private OrganizationOptions() {}

  /// Adds the options.
  static Options in(Options options) {
    return options
        .addOption(PackOptions.flag(ARCHIVED, "of organisations, read archived repositories, too"))
        .addOption(PackOptions.flag(FORKS, "of organisations, read forks, too"))
        .addOption(
            PackOptions.option(
                API,
                "URL",
                "where the organisation's forge has its API (default: GITHUB_API_URL, GITLAB_API_URL, GITEA_API_URL, or the public one)"));
  }

  /// Returns the variables, with what the command line says.
  ///
  /// @throws UserError if it says something about organisations and names none, or of several
  ///   forges
  static Map<String, String> environment(Arguments arguments, Map<String, String> environment) {
    for (String option : List.of(ARCHIVED, FORKS, API)) {
      if (arguments.has(option) && organizations(arguments).findAny().isEmpty()) {
        throw new UserError(
            UserError.Kind.USAGE,
            "--%s is for github-org:NAME, gitlab-group:NAME and gitea-org:HOST/NAME: name one, or leave it out"
                .formatted(option));
      }
    }
    if (arguments.value(API).isEmpty()) {
      return environment;
    }
    List<ForgeAddress.Kind> kinds =
        organizations(arguments).map(ForgeAddress::kind).distinct().toList();
    if (kinds.size() > 1) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--api is one address, and the organisations are of several forges: set %s"
              .formatted(
                  String.join(
                      " and ", kinds.stream().map(ForgeAddress.Kind::apiVariable).toList())));
    }
    environment.put(kinds.getFirst().apiVariable(), arguments.value(API).get());
    return environment;
  }

  private static Stream<ForgeAddress> organizations(Arguments arguments) {
    return arguments.words().stream()
        .filter(ForgeAddress::isMeant)
        .map(ForgeAddress::of)
        .filter(address -> address.kind() != ForgeAddress.Kind.GIT_LIST);
  }

  /// Returns a location with what the options add to it.
  public static String location(Arguments arguments, String word) {
    if (!ForgeAddress.isMeant(word) || !(arguments.has(ARCHIVED) || arguments.has(FORKS))) {
      return word;
    }
    ForgeAddress address = ForgeAddress.of(word);
    return address.kind() == ForgeAddress.Kind.GIT_LIST
        ? word
        : address.with(arguments.has(ARCHIVED), arguments.has(FORKS)).toString();
  }
}
