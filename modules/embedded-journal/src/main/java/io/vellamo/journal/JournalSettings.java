package io.vellamo.journal;

import com.typesafe.config.Config;
import io.vellamo.journal.store.StoreSettings;
import io.vellamo.journal.store.StoreSettings.Compression;
import io.vellamo.journal.store.StoreSettings.DamagedLog;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;

/**
 * The store's settings in the configuration.
 *
 * <p><b>Failure</b> an invalid value causes an {@link IllegalArgumentException} that names the full
 * path of its key.
 */
final class JournalSettings {

  /** The configuration path of this module. */
  static final String ROOT = "vellamo.embedded-journal";

  private final Config root;

  private JournalSettings(Config root) {
    this.root = root;
  }

  /**
   * Reads the settings.
   *
   * @param config the whole configuration
   * @return the settings of the store
   */
  static StoreSettings from(Config config) {
    JournalSettings settings = new JournalSettings(config.getConfig(ROOT));
    return new StoreSettings(
        settings.directory(),
        settings.root.getBoolean("create-dir"),
        settings.root.getBoolean("sync"),
        settings.word("damaged-log", DamagedLog.class),
        settings.word("compression", Compression.class),
        settings.positive("write-buffer", settings.root::getBytes),
        settings.positive("block-cache", settings.root::getBytes),
        Math.toIntExact(settings.positive("background-jobs", settings.root::getLong)),
        settings.positive("max-commit", settings.root::getBytes));
  }

  private Path directory() {
    String directory = root.getString("dir");
    if (directory.isBlank()) {
      throw new IllegalArgumentException(
          String.format(
              "%s.dir must name a directory, was [%s]; set it to a local directory of this"
                  + " application",
              ROOT, directory));
    }
    return Path.of(directory).toAbsolutePath().normalize();
  }

  private long positive(String key, Function<String, Long> reader) {
    long value = reader.apply(key);
    if (value <= 0) {
      throw new IllegalArgumentException(
          String.format("%s.%s must be positive, was [%d]", ROOT, key, value));
    }
    return value;
  }

  private <E extends Enum<E>> E word(String key, Class<E> type) {
    String word = root.getString(key);
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> word(constant).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(
                        "%s.%s must be one of %s, was [%s]",
                        ROOT,
                        key,
                        Arrays.stream(type.getEnumConstants()).map(JournalSettings::word).toList(),
                        word)));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
