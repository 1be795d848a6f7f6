package io.vellamo.checks.journals;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;

/**
 * A journal that is ready to be written to.
 *
 * @param settings what an application configures: the documented settings, with the address of the
 *     server that this run started
 * @param readJournal the id of the plugin that reads events back
 */
record TestedJournal(Config settings, String readJournal) {
  /** Returns the journal of a documented file whose addresses are replaced. */
  static TestedJournal of(String file, String addresses, String readJournal) {
    Config documented = ConfigFactory.parseResources(TestedJournal.class, "/" + file);
    return new TestedJournal(
        ConfigFactory.parseString(addresses).withFallback(documented), readJournal);
  }

  /** Returns the settings with further ones, as the text of a configuration file. */
  String render(String further) {
    return ConfigFactory.parseString(further)
        .withFallback(settings)
        .resolve()
        .root()
        .render(ConfigRenderOptions.concise());
  }
}
