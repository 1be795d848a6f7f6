package io.vellamo.journal.store;

import io.vellamo.journal.store.LogScan.Damage;
import io.vellamo.journal.store.RocksFiles.Opening;
import io.vellamo.journal.store.StoreSettings.DamagedLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * The opening of a store's files, which first verifies that all acknowledged updates exist.
 *
 * <p>Remains that a power loss left of an unacknowledged write are cut off first.
 *
 * <p><b>Failure</b> files that lack acknowledged updates are left unchanged.
 */
/*
 * RocksDB itself treats a truncated log as complete, and deletes the files it then considers
 * obsolete. The check therefore precedes the opening: it scans the log, and if the log does not
 * hold the last update, since that was flushed to tables, it opens the files read-only.
 */
final class CheckedOpening {

  private final StoreSettings settings;
  private final AcknowledgedMark mark;
  private final Consumer<String> warnings;
  private final Path rocksDirectory;

  private CheckedOpening(StoreSettings settings, AcknowledgedMark mark, Consumer<String> warnings) {
    this.settings = settings;
    this.mark = mark;
    this.warnings = warnings;
    this.rocksDirectory = StoreDirectory.rocks(settings);
  }

  /**
   * Opens the files, and creates them if there is no complete store and no update was ever
   * acknowledged.
   *
   * @param warnings receives a message about each repair
   * @throws JournalStoreException if they cannot be opened, or lack acknowledged updates that the
   *     settings do not allow to be discarded
   */
  static RocksFiles open(StoreSettings settings, AcknowledgedMark mark, Consumer<String> warnings) {
    CheckedOpening opening = new CheckedOpening(settings, mark, warnings);
    try {
      return opening.open();
    } catch (IOException e) {
      throw StoreDirectory.unusable(settings, e);
    }
  }

  private RocksFiles open() throws IOException {
    createIfNeeded();
    if (mark.isDamaged()) {
      warnings.accept(
          String.format(
              "File [%s] of journal directory [%s] does not say how many updates were acknowledged,"
                  + " as a loss of power can leave it; the log is taken as it is",
              mark, settings.directory()));
    }
    UnsyncedEnds ends = UnsyncedEnds.find(rocksDirectory);
    Damage damage = ends.logDamage();
    boolean givenUp =
        damage != null && damage.newest() && settings.damagedLog() == DamagedLog.TRUNCATE;
    RocksFiles files = null;
    try {
      ends.cut(givenUp ? settings.directory() : null);
      long acknowledged = Math.max(mark.updates(), ends.syncedUpdates());
      if (!givenUp && ends.updates() < acknowledged) {
        requireAcknowledged(acknowledged, damage);
      }
      files = open(Opening.EXISTING, damage);
      DurableFiles.syncDirectory(rocksDirectory);
      // Opening has made all recovered updates durable.
      mark.set(files.updates());
      ends.accept(settings.directory(), warnings);
      RocksFiles opened = files;
      files = null;
      return opened;
    } finally {
      if (files != null) {
        files.close();
      }
      ends.restoreUnlessAccepted();
    }
  }

  private void createIfNeeded() throws IOException {
    if (!StoreCreation.isNeeded(rocksDirectory, mark)) {
      return;
    }
    if (mark.exists()) {
      throw new JournalStoreException(
          String.format(
              "Journal directory [%s] must hold the [%d] updates that were acknowledged, found no"
                  + " files in [%s]; restore it from a backup, or begin without them by deleting the"
                  + " file [%s]",
              settings.directory(), mark.updates(), rocksDirectory.getFileName(), mark));
    }
    try {
      StoreCreation.create(settings);
    } catch (RocksDBException e) {
      throw StoreDirectory.unreadable(settings, e, null);
    }
  }

  private RocksFiles open(Opening opening, @Nullable Damage damage) {
    try {
      return RocksFiles.open(settings, rocksDirectory, opening);
    } catch (RocksDBException e) {
      throw StoreDirectory.unreadable(settings, e, damage);
    }
  }

  private void requireAcknowledged(long acknowledged, @Nullable Damage damage) {
    try (RocksFiles files = open(Opening.READ_ONLY, damage)) {
      if (files.updates() < acknowledged) {
        String remedy =
            damage == null
                ? ", or go on without what is missing by deleting the file [" + mark + "]"
                : StoreDirectory.orTruncate(damage);
        throw new JournalStoreException(
            String.format(
                "Journal directory [%s] must hold the [%d] updates that were acknowledged, found"
                    + " [%d], then [%s]; restore it from a backup%s",
                settings.directory(),
                acknowledged,
                files.updates(),
                damage == null ? "the end" : damage,
                remedy));
      }
    }
  }
}
