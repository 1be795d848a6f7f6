package io.vellamo.cluster.home;

import io.vellamo.api.query.ParkedGroup;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.protocol.query.GroupAnswer;
import io.vellamo.engine.protocol.query.QueryRequest;
import io.vellamo.persistence.message.GroupAnswerForm;
import io.vellamo.persistence.message.ParkedGroupsForm;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The binary forms of the answers to users' requests to a query, cut into parts that fit into a
 * message.
 */
final class AnswerForms {
  private static final int LARGEST_PART = 64 * 1024;

  private final ParkedGroupsForm parked;
  private final GroupAnswerForm groups;

  private AnswerForms(ParkedGroupsForm parked, GroupAnswerForm groups) {
    this.parked = parked;
    this.groups = groups;
  }

  /** Returns the forms for a query, whose codecs write the keys of groups. */
  static AnswerForms of(PreparedQuery query) {
    return new AnswerForms(ParkedGroupsForm.of(query), GroupAnswerForm.of(query));
  }

  /** Returns an answer in parts. */
  List<HandleCommand.Answered> write(QueryRequest request, Object answer) {
    byte[] bytes = bytes(request, answer);
    List<HandleCommand.Answered> parts = new ArrayList<>();
    for (int from = 0; from == 0 || from < bytes.length; from += LARGEST_PART) {
      int to = Math.min(from + LARGEST_PART, bytes.length);
      parts.add(
          new HandleCommand.Answered(
              request.id(), parts.size(), to == bytes.length, Arrays.copyOfRange(bytes, from, to)));
    }
    return parts;
  }

  @SuppressWarnings("unchecked") // each request has one type of answer
  private byte[] bytes(QueryRequest request, Object answer) {
    if (request instanceof QueryRequest.ListParked) {
      return parked.write((List<ParkedGroup>) answer);
    }
    if (isForGroups(request)) {
      return groups.write((GroupAnswer) answer);
    }
    return new byte[] {(byte) ((Boolean) answer ? 1 : 0)};
  }

  /** Returns the answer of all its parts. */
  Object read(QueryRequest request, List<byte[]> parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    parts.forEach(joined::writeBytes);
    byte[] bytes = joined.toByteArray();
    if (request instanceof QueryRequest.ListParked) {
      return parked.read(bytes);
    }
    return isForGroups(request) ? groups.read(bytes) : Boolean.valueOf(bytes[0] != 0);
  }

  private static boolean isForGroups(QueryRequest request) {
    return request instanceof QueryRequest.ReadGroup || request instanceof QueryRequest.ListGroups;
  }
}
