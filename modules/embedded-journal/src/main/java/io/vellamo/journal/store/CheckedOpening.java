package io.vellamo.journal.store;

import io.vellamo.journal.store.LogScan.Damage;
import io.vellamo.journal.store.RocksFiles.Opening;
import io.vellamo.journal.store.StoreSettings.DamagedLog;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * Opens the files of a store after making sure that all is there that was acknowledged.
 *
 * <p><b>Failure</b> files that lack what was acknowledged are left as they are.
 */
/*
 * RocksDB itself takes a cut log for one that ends there, and clears away what it then believes not
 * to need. So the question is answered before: by a look at the log, and if that does not hold the
 * last update, because it was moved into tables, by opening everything for reading only.
 */
final class CheckedOpening {

  private final StoreSettings settings;
  private final AcknowledgedMark mark;
  private final Path rocksDirectory;

  private CheckedOpening(StoreSettings settings, AcknowledgedMark mark) {
    this.settings = settings;
    this.mark = mark;
    this.rocksDirectory = StoreDirectory.rocks(settings);
  }

  /**
   * Opens the files, and creates them if nothing was ever acknowledged.
   *
   * @throws JournalStoreException if they cannot be opened, or lack what was acknowledged and that
   *     is not to be given up
   */
  static RocksFiles open(StoreSettings settings, AcknowledgedMark mark) {
    CheckedOpening opening = new CheckedOpening(settings, mark);
    try {
      return opening.open();
    } catch (IOException e) {
      throw StoreDirectory.unusable(settings, e);
    }
  }

  private RocksFiles open() throws IOException {
    LogScan log = LogScan.of(rocksDirectory);
    Damage damage = log.damage();
    if (damage != null && damage.newest() && settings.damagedLog() == DamagedLog.TRUNCATE) {
      truncate(damage);
    } else if (log.updates() < mark.updates()) {
      requireAcknowledged(damage);
    }
    RocksFiles files = open(mark.exists() ? Opening.EXISTING : Opening.CREATE, damage);
    boolean marked = false;
    try {
      // Opening has made durable what it found.
      mark.set(files.updates());
      marked = true;
      return files;
    } finally {
      if (!marked) {
        files.close();
      }
    }
  }

  private RocksFiles open(Opening opening, @Nullable Damage damage) {
    try {
      return RocksFiles.open(settings, rocksDirectory, opening);
    } catch (RocksDBException e) {
      throw StoreDirectory.unreadable(settings, e, damage);
    }
  }

  private void requireAcknowledged(@Nullable Damage damage) {
    try (RocksFiles files = open(Opening.READ_ONLY, damage)) {
      if (files.updates() < mark.updates()) {
        String remedy =
            damage == null
                ? ", or go on without what is missing by deleting the file [" + mark + "]"
                : StoreDirectory.orTruncate(damage);
        throw new JournalStoreException(
            String.format(
                "Journal directory [%s] must hold the [%d] updates that were acknowledged, found"
                    + " [%d], then [%s]; restore it from a backup%s",
                settings.directory(),
                mark.updates(),
                files.updates(),
                damage == null ? "the end" : damage,
                remedy));
      }
    }
  }

  /** Cuts a log behind its last whole record. A copy of it is kept. */
  private void truncate(Damage damage) throws IOException {
    Path kept = settings.directory().resolve(damage.file().getFileName() + ".damaged");
    Files.copy(damage.file(), kept, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel log = FileChannel.open(damage.file(), StandardOpenOption.WRITE)) {
      log.truncate(damage.wholeBytes());
      log.force(true);
    }
  }
}
