package dev.kith.registrar.jgroups;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/// What the name service has of a service (SRV records, RFC 2782), by the JDK's client. JGroups'
/// own gives all addresses of a host in place of its name, and so more voters than there are nodes.
final class ServiceRecords {
  private static final String CLIENT = "com.sun.jndi.dns.DnsContextFactory";
  private static final String TYPE = "SRV";

  /// Priority, weight, port, host.
  private static final Pattern RECORD = Pattern.compile("\\d+ \\d+ (\\d+) (\\S+?)\\.?");

  private ServiceRecords() {}

  /// The addresses, `host:port`, in alphabetical order.
  ///
  /// @param words `NAME`, or `NAME@SERVER:PORT` to ask that server and not the machine's
  /// @throws IllegalArgumentException if there are none
  static List<String> find(String words) {
    int at = words.indexOf('@');
    String name = at < 0 ? words : words.substring(0, at);
    String server = at < 0 ? "" : words.substring(at + 1);
    try {
      List<String> found = addresses(ask(name, server));
      if (found.isEmpty()) {
        throw new IllegalArgumentException("the name service has no SRV records of " + name);
      }
      return found;
    } catch (NamingException e) {
      throw new IllegalArgumentException("the name service has nothing of " + name + ": " + e, e);
    }
  }

  @SuppressWarnings("BanJNDI") // of the domain name service alone, whose records are text
  private static NamingEnumeration<? extends Attribute> ask(String name, String server)
      throws NamingException {
    Properties how = new Properties();
    how.setProperty(Context.INITIAL_CONTEXT_FACTORY, CLIENT);
    how.setProperty(Context.PROVIDER_URL, "dns://" + server);
    InitialDirContext names = new InitialDirContext(how);
    try {
      return names.getAttributes(name, new String[] {TYPE}).getAll();
    } finally {
      names.close();
    }
  }

  private static List<String> addresses(NamingEnumeration<? extends Attribute> attributes)
      throws NamingException {
    List<String> found = new ArrayList<>();
    while (attributes.hasMore()) {
      NamingEnumeration<?> records = attributes.next().getAll();
      while (records.hasMore()) {
        Matcher record = RECORD.matcher(String.valueOf(records.next()));
        if (record.matches()) {
          found.add(record.group(2) + ":" + record.group(1));
        }
      }
    }
    return found.stream().distinct().sorted().toList();
  }
}
