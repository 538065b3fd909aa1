#!/usr/bin/env ruby
# frozen_string_literal: true

# What the real Jekyll makes of posts. Reads one JSON object a line on standard input,
#   {"file": name to report, "from": path of the bytes, "path": name in `_posts`, with its date}
# and writes one verdict a line. Debian's Jekyll reads YAML with Psych where upstream's has SafeYAML: with a directory of gems
# that holds safe_yaml as the argument, upstream's reader is put back. `loader` in each verdict says which it was.

ENV["TZ"] ||= "UTC"
require "json"
require "tmpdir"
require "fileutils"
require "jekyll"

gems = ARGV.first && Dir.glob(File.join(ARGV.first, "gems", "safe_yaml-*", "lib")).max
if gems
  $LOAD_PATH.unshift(gems)
  require "safe_yaml/load"
  SafeYAML::OPTIONS[:suppress_warnings] = true
  Jekyll::Utils.define_singleton_method(:safe_load_yaml) { |yaml| SafeYAML.load(yaml) }
  LOADER = "safe_yaml"
elsif defined?(SafeYAML)
  LOADER = "safe_yaml"
else
  LOADER = "psych"
end

def plain(value)
  case value
  when nil, true, false, Integer then value
  when String then value.valid_encoding? && value.encoding != Encoding::BINARY ? value : { "$bytes" => value.unpack1("H*") }
  when Float then value.finite? ? value : { "$num" => value.to_s }
  when Time then { "$time" => value.iso8601, "utc" => value.getutc.iso8601 }
  when Date then { "$date" => value.iso8601 }
  when Array then value.map { |one| plain(one) }
  when Hash then value.to_h { |key, one| [key.is_a?(String) ? key : "$#{key.class}:#{key}", plain(one)] }
  else { "$#{value.class}" => value.to_s }
  end
end

Jekyll.logger.log_level = :error
Jekyll.logger.adjust_verbosity(:quiet => true)

def verdict(site, folder, task)
  path = File.join(folder, "_posts", task["path"])
  File.binwrite(path, File.binread(task["from"]))
  out = { "file" => task["file"], "loader" => LOADER, "fatal" => nil, "parse_ok" => true }
  text = File.read(path, **Jekyll::Utils.merged_file_read_opts(site, {}))
  out["utf8_valid"] = text.valid_encoding?
  match = text.valid_encoding? ? Jekyll::Document::YAML_FRONT_MATTER_REGEXP.match(text) : nil
  out["has_front_matter"] = !match.nil?
  begin
    out["data"] = plain(Jekyll::Utils.safe_load_yaml(match[1])) if match
  rescue StandardError => e
    out["parse_ok"] = false
    out["error"] = { "name" => e.class.name, "message" => e.message.to_s[0, 300] }
  end
  document = Jekyll::Document.new(path, :site => site, :collection => site.posts)
  begin
    document.read
  rescue StandardError => e
    return out.merge("fatal" => { "name" => e.class.name, "message" => e.message.to_s[0, 300] })
  end
  date = document.data["date"]
  made = {
    "in_site" => !document.content.nil? && document.content.valid_encoding?,
    "published" => document.published?,
    "date" => date.is_a?(Time) ? date.getutc.iso8601 : plain(date),
    "title" => plain(document.data["title"]),
    "categories" => plain(document.data["categories"]),
    "tags" => plain(document.data["tags"]),
    "layout" => plain(document.data["layout"]),
    "permalink" => plain(document.data["permalink"])
  }
  begin
    made["url"] = document.url
  rescue StandardError => e
    made["url_error"] = "#{e.class}: #{e.message}"[0, 200]
  end
  out.merge("site" => made)
ensure
  FileUtils.rm_f(path) if path
end

Dir.mktmpdir("verdicts-jekyll") do |folder|
  FileUtils.mkdir_p(File.join(folder, "_posts"))
  config = Jekyll.configuration("source" => folder, "destination" => File.join(folder, "_site"), "quiet" => true,
                                "future" => true, "unpublished" => true, "skip_config_files" => true)
  site = Jekyll::Site.new(config)
  $stdin.each_line do |line|
    task = JSON.parse(line)
    begin
      puts JSON.generate(verdict(site, folder, task), :max_nesting => 0)
    rescue StandardError => e
      puts JSON.generate("file" => task["file"], "oracle_failure" => "#{e.class}: #{e.message}")
    end
  end
end
