package io.vellamo.journal.store;

import static java.util.Objects.requireNonNull;

import io.vellamo.journal.store.StoreSettings.Compression;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteOptions;

/**
 * The open RocksDB of a store with its column families.
 *
 * <p><b>Threading</b> safe to share, but nothing may be used during or after {@link #close}: the
 * native library would bring down the JVM.
 */
final class RocksFiles implements AutoCloseable {

  private static final byte[] FORMAT_KEY = "format".getBytes(StandardCharsets.UTF_8);
  private static final long FORMAT = 1;

  private static final int KEPT_LOGS = 5;
  private static final long LOG_BYTES = 1 << 20;
  private static final int OPEN_FILES = 256;
  private static final int FILTER_BITS_PER_KEY = 10;

  /** Values from this size on are kept in files of their own, so that compaction is spared them. */
  private static final long BLOB_BYTES = 64 << 10;

  /** How much the log may hold, in write buffers, before rarely written families are flushed. */
  private static final int LOGGED_WRITE_BUFFERS = 4;

  /** What to close, the last first. */
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();

  private final Map<Family, ColumnFamilyHandle> families = new EnumMap<>(Family.class);
  private final RocksDB db;
  private final WriteOptions writeOptions;

  private RocksFiles(StoreSettings settings, Path directory, Opening opening)
      throws RocksDBException {
    boolean open = false;
    try {
      DBOptions options = keep(dbOptions(settings, opening == Opening.CREATE, hasLog(directory)));
      ColumnFamilyOptions familyOptions = familyOptions(settings);
      List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
      List<ColumnFamilyHandle> handles = new ArrayList<>();
      for (Family family : Family.values()) {
        descriptors.add(new ColumnFamilyDescriptor(family.storedName(), familyOptions));
      }
      String path = directory.toString();
      db =
          keep(
              opening == Opening.READ_ONLY
                  ? RocksDB.openReadOnly(options, path, descriptors, handles)
                  : RocksDB.open(options, path, descriptors, handles));
      for (Family family : Family.values()) {
        families.put(family, keep(handles.remove(0)));
      }
      writeOptions = keep(new WriteOptions().setSync(settings.sync()));
      if (opening != Opening.READ_ONLY) {
        checkFormat(opening);
      }
      open = true;
    } finally {
      if (!open) {
        close();
      }
    }
  }

  /**
   * A loss of power can take the name of a log that is empty as yet; RocksDB refuses files without
   * one if it tracks logs. Whether something is missing is then for the caller to say.
   */
  private static boolean hasLog(Path directory) {
    String[] logs = directory.toFile().list((parent, name) -> name.endsWith(".log"));
    return logs != null && logs.length > 0;
  }

  static RocksFiles open(StoreSettings settings, Path directory, Opening opening)
      throws RocksDBException {
    loadLibrary();
    return new RocksFiles(settings, directory, opening);
  }

  /** RocksDB unpacks its library into the directory for temporary files. */
  private static void loadLibrary() {
    try {
      RocksDB.loadLibrary();
    } catch (RuntimeException | UnsatisfiedLinkError e) {
      throw new JournalStoreException(
          String.format(
              "The native library of RocksDB must load, found [%s]; set the environment variable"
                  + " ROCKSDB_SHAREDLIB_DIR to a directory with room from which code may run",
              e),
          e);
    }
  }

  RocksDB db() {
    return db;
  }

  /** Returns how many updates were ever made. */
  long updates() {
    return db.getLatestSequenceNumber();
  }

  WriteOptions writeOptions() {
    return writeOptions;
  }

  ColumnFamilyHandle family(Family family) {
    return requireNonNull(families.get(family), "family");
  }

  /** Returns a view for as long as the files are open. */
  RocksView latest() {
    return keep(RocksView.ofLatest(this));
  }

  @Override
  public void close() {
    while (!resources.isEmpty()) {
      try {
        resources.pop().close();
      } catch (Exception e) {
        throw new AssertionError("native resources close without exceptions", e);
      }
    }
  }

  private void checkFormat(Opening opening) throws RocksDBException {
    byte[] format = db.get(family(Family.DEFAULT), FORMAT_KEY);
    if (format == null && opening == Opening.CREATE) {
      db.put(family(Family.DEFAULT), writeOptions, FORMAT_KEY, Keys.number(FORMAT));
    } else if (!Arrays.equals(format, Keys.number(FORMAT))) {
      throw new JournalStoreException(
          String.format(
              "Journal format must be [%d], found [%s]; open it with the version that wrote it",
              FORMAT, format == null ? "nothing" : HexFormat.of().formatHex(format)));
    }
  }

  /*
   * RocksDB's own way to read the log, point-in-time, drops acknowledged writes behind a damage
   * without a word. The strict one still takes a log whose last record is incomplete.
   *
   * What is read from the log at open is written into tables, with a sync, before anybody sees it:
   * behind a sync that failed the operating system can show what the disk does not have.
   */
  private static DBOptions dbOptions(StoreSettings settings, boolean create, boolean hasLog) {
    return (create || hasLog ? trackingLogs() : new DBOptions())
        .setCreateIfMissing(create)
        .setCreateMissingColumnFamilies(create)
        .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
        .setAvoidFlushDuringRecovery(false)
        .setDbWriteBufferSize(settings.writeBufferBytes())
        .setMaxTotalWalSize(LOGGED_WRITE_BUFFERS * settings.writeBufferBytes())
        .setMaxBackgroundJobs(settings.backgroundJobs())
        .setMaxOpenFiles(OPEN_FILES)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setKeepLogFileNum(KEPT_LOGS)
        .setMaxLogFileSize(LOG_BYTES)
        .setStatsDumpPeriodSec(0);
  }

  /**
   * Options with those that have no setter in Java: the manifest remembers which older log files
   * there are and how large, and each log file which one came before it. Else a log that is missing
   * or cut, or a manifest that lost its end, would be a hole that nobody notices.
   */
  private static DBOptions trackingLogs() {
    Properties tracking = new Properties();
    tracking.setProperty("track_and_verify_wals_in_manifest", "true");
    tracking.setProperty("track_and_verify_wals", "true");
    return requireNonNull(DBOptions.getDBOptionsFromProps(tracking), "options");
  }

  private ColumnFamilyOptions familyOptions(StoreSettings settings) {
    Cache blockCache = keep(new LRUCache(settings.blockCacheBytes()));
    BloomFilter filter = keep(new BloomFilter(FILTER_BITS_PER_KEY));
    BlockBasedTableConfig tables =
        new BlockBasedTableConfig()
            .setBlockCache(blockCache)
            .setFilterPolicy(filter)
            .setCacheIndexAndFilterBlocks(true)
            .setPinL0FilterAndIndexBlocksInCache(true);
    CompressionType compression =
        settings.compression() == Compression.LZ4
            ? CompressionType.LZ4_COMPRESSION
            : CompressionType.NO_COMPRESSION;
    return keep(new ColumnFamilyOptions())
        .setTableFormatConfig(tables)
        .setWriteBufferSize(settings.writeBufferBytes())
        .setCompressionType(compression)
        .setEnableBlobFiles(true)
        .setMinBlobSize(BLOB_BYTES)
        .setBlobCompressionType(compression)
        .setEnableBlobGarbageCollection(true);
  }

  private <T extends AutoCloseable> T keep(T resource) {
    resources.push(resource);
    return resource;
  }

  /** How to open. */
  enum Opening {
    /** Existing files. */
    EXISTING,
    /** Existing files, or new ones; RocksDB takes a missing {@code CURRENT} for none. */
    CREATE,
    /** Existing files, of which none is changed, and whose format is not checked. */
    READ_ONLY
  }

  /** The column families; the names are on disk. */
  enum Family {
    /** The format of all others. */
    DEFAULT,
    /** Persistence id to its short form. */
    IDS,
    /** Short id to {@link Sequence}. */
    SEQUENCES,
    /** Short id and sequence number to event record. */
    EVENTS,
    /** Short id and sequence number to timestamp, so that snapshots are chosen without reading. */
    SNAPSHOT_TIMES,
    /** Short id and sequence number to snapshot record. */
    SNAPSHOTS;

    private byte[] storedName() {
      String stored = name().toLowerCase(Locale.ROOT).replace('_', '-');
      return stored.getBytes(StandardCharsets.UTF_8);
    }
  }
}
