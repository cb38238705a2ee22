package dev.kith.registrar.jgroups;

import java.util.List;
import javax.naming.NamingException;
import org.jgroups.Address;
import org.jgroups.protocols.dns.DNSResolver.DNSRecordType;
import org.jgroups.protocols.dns.DefaultDNSResolver;
import org.jgroups.stack.IpAddress;

/// What the name service has of a service (SRV records, RFC 2782), asked as JGroups asks.
final class ServiceRecords {
  private static final String CLIENT = "com.sun.jndi.dns.DnsContextFactory";

  private ServiceRecords() {}

  /// The addresses, as numbers, in alphabetical order.
  ///
  /// @param words `NAME`, or `NAME@SERVER:PORT` to ask that server and not the machine's
  /// @throws IllegalArgumentException if there are none
  static List<String> find(String words) {
    int at = words.indexOf('@');
    String name = at < 0 ? words : words.substring(0, at);
    String server = at < 0 ? "" : words.substring(at + 1);
    try (DefaultDNSResolver resolver = new DefaultDNSResolver(CLIENT, server)) {
      List<String> found =
          resolver.resolveIps(name, DNSRecordType.SRV).stream()
              .map(ServiceRecords::text)
              .distinct()
              .sorted()
              .toList();
      if (found.isEmpty()) {
        throw new IllegalArgumentException("the name service has no SRV records of " + name);
      }
      return found;
    } catch (NamingException e) {
      throw new IllegalArgumentException("the name service cannot be asked: " + e, e);
    }
  }

  private static String text(Address address) {
    IpAddress found = (IpAddress) address;
    String host = found.getIpAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + found.getPort();
  }
}
