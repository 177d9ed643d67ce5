"""What is said about the private lab and its captures."""

TEXTS = {
    "lab.missing_program": (
        "次のプログラムが見つかりません: {programs}\nDebian / Ubuntu では: sudo apt install {packages}",
        "These programs are not installed: {programs}\nOn Debian or Ubuntu: sudo apt install {packages}",
    ),
    "lab.refused_by_limit": (
        "ラボを作れません。user.max_user_namespaces が 0 のため、root も含めて誰もユーザー名前空間を作れません。\n"
        "管理者が次のコマンドを実行すると、再起動するまで使えるようになります。そのあとは sudo なしで始められます。\n"
        "    sudo sysctl user.max_user_namespaces=10000",
        "The lab cannot be made: user.max_user_namespaces is 0, so nobody may make a user namespace, not even root.\n"
        "An administrator can allow them until the next start of the machine; the lab then needs no sudo:\n"
        "    sudo sysctl user.max_user_namespaces=10000",
    ),
    "lab.refused_by_clone": (
        "ラボを作れません。kernel.unprivileged_userns_clone が 0 のため、一般ユーザーは名前空間を使えません。\n"
        "管理者が次のコマンドを実行すると、再起動するまで使えるようになります。\n"
        "    sudo sysctl kernel.unprivileged_userns_clone=1",
        "The lab cannot be made: kernel.unprivileged_userns_clone is 0, so ordinary users may not use namespaces.\n"
        "An administrator can let them until the next start of the machine:\n"
        "    sudo sysctl kernel.unprivileged_userns_clone=1",
    ),
    "lab.refused_by_apparmor": (
        "ラボを作れません。AppArmor が一般ユーザーの名前空間を制限しています"
        " (kernel.apparmor_restrict_unprivileged_userns が 1)。\n"
        "管理者が次のコマンドを実行すると、再起動するまで使えるようになります。\n"
        "    sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0",
        "The lab cannot be made: AppArmor restricts the namespaces of ordinary users"
        " (kernel.apparmor_restrict_unprivileged_userns is 1).\n"
        "An administrator can lift that until the next start of the machine:\n"
        "    sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0",
    ),
    "lab.or_sudo": (
        "{refusal}\n"
        "設定を変えずに、名前空間を作るところだけを sudo に任せることもできます。"
        "ラボはあなたの権限で動き、そのあとの tutor lab に sudo は要りません。\n"
        "    {command}",
        "{refusal}\n"
        "Or leave the setting as it is and let sudo make the namespaces and no more: the lab runs as you, and every other "
        "tutor lab command works without sudo.\n"
        "    {command}",
    ),
    "lab.refused_otherwise": (
        "ラボを作れません。システムが名前空間を拒否しました: {error}\n"
        "コンテナの中では許可されていないことがあります。仮想マシンか実機で実行してください。",
        "The lab cannot be made: the system refused the namespaces: {error}\n"
        "Containers often do not allow them. Run this on a virtual or a real machine.",
    ),
    "lab.command_failed": ("{command} が失敗しました: {error}", "{command} failed: {error}"),
    "lab.command_succeeded": (
        "{command} は失敗するはずでしたが、成功しました。障害が効いていません。",
        "{command} was meant to fail and did not: the fault is not in effect.",
    ),
    "lab.command_too_slow": ("{command} が時間内に終わりませんでした。", "{command} did not end in time."),
    "lab.daemon_not_ready": (
        "ポート {port} のサーバーが待ち受けを始めませんでした。ログの末尾:\n{error}",
        "The server for port {port} did not begin to listen. The end of the log:\n{error}",
    ),
    "lab.capture_incomplete": (
        "tcpdump がすべてのパケットを記録できませんでした:\n{summary}",
        "tcpdump did not record every packet:\n{summary}",
    ),
    "lab.unknown_capture": (
        "{name} というキャプチャはありません。次の中から選んでください: {known}",
        "There is no capture {name}. Choose from: {known}",
    ),
    "lab.scenario_too_slow": (
        "シナリオ {name} が {seconds} 秒以内に終わらなかったので止めました。",
        "Scenario {name} was ended because it took more than {seconds} seconds.",
    ),
    "lab.scenario_failed": (
        "シナリオ {name} は失敗しました。元のキャプチャはそのままです。",
        "Scenario {name} failed. The capture that was there is untouched.",
    ),
    "lab.not_as_expected": (
        "{file} は期待どおりではありません: 「{expression}」に一致するパケットが {found} 個でした。"
        "元のキャプチャはそのままです。",
        "{file} is not as expected: {found} packets match “{expression}”. The capture that was there is untouched.",
    ),
    "lab.cannot_write": (
        "{directory} に記録できません: {error}\n書き込めるディレクトリを --into で指定してください。",
        "Cannot record into {directory}: {error}\nName a directory you may write to with --into.",
    ),
    "lab.bad_checksum": (
        "{file} に誤ったチェックサムがあります。オフロードが切れていません。元のキャプチャはそのままです。",
        "{file} holds a wrong checksum: offload was not off. The capture that was there is untouched.",
    ),
    "lab.recorded": ("{file} を記録しました ({seconds} 秒)", "recorded {file} ({seconds} s)"),
    "lab.interrupted": (
        "中断しました。ラボは残っていません。",
        "Interrupted. Nothing of the lab remains.",
    ),
    "lab.handshake.title": ("3ウェイハンドシェイクと HTTP", "A three-way handshake and HTTP"),
    "lab.handshake.description": (
        "クライアントが Web サーバーに接続し、ページを 1 つ受け取って切断します。",
        "A client connects to a web server, gets one page, and closes.",
    ),
    "lab.mysql.title": ("MySQL へのログインとクエリ", "MySQL login and query"),
    "lab.mysql.description": (
        "クライアントが 192.168.1.100 の MariaDB に暗号化なしでログインし、SELECT を 1 回実行します。",
        "A client logs in to MariaDB on 192.168.1.100 without encryption and runs one SELECT.",
    ),
    "lab.ssh.title": ("SSH", "SSH"),
    "lab.ssh.description": (
        "クライアントが 192.168.1.100 に SSH でログインし、コマンドを実行します。中身は暗号化されています。",
        "A client logs in to 192.168.1.100 by SSH and runs commands. The content is encrypted.",
    ),
    "lab.https.title": ("HTTPS", "HTTPS"),
    "lab.https.description": (
        "クライアントが Web サーバーから TLS でページを受け取ります。証明書は自己署名です。",
        "A client gets a page from a web server over TLS. The certificate is self-signed.",
    ),
    "lab.dns.title": ("DNS の名前解決", "DNS look-ups"),
    "lab.dns.description": (
        "192.168.1.1 に名前を 2 つ尋ねます。1 つは答えが返り、もう 1 つは NXDOMAIN (存在しない名前) です。",
        "192.168.1.1 is asked for two names: one is answered, the other is NXDOMAIN (no such name).",
    ),
    "lab.ping.title": ("ping", "Ping"),
    "lab.ping.description": (
        "クライアントが Web サーバーに ping を 4 回送り、4 回とも返事を受け取ります。",
        "A client pings the web server four times and is answered each time.",
    ),
    "lab.no_answer.title": ("返事のない SYN", "SYN without an answer"),
    "lab.no_answer.description": (
        "MySQL への SYN をファイアウォールが黙って捨てています。クライアントは SYN を何度も再送します。",
        "A firewall silently drops the SYNs to MySQL. The client sends its SYN again and again.",
    ),
    "lab.closed_port.title": ("閉じたポート", "A closed port"),
    "lab.closed_port.description": (
        "データベースサーバーで MySQL が動いていないので、SYN に RST が返ります。",
        "MySQL does not run on the database server, so the SYN is answered by RST.",
    ),
    "lab.icmp_reject.title": ("ICMP による拒否", "Rejected by ICMP"),
    "lab.icmp_reject.description": (
        "途中のファイアウォール 192.168.1.1 が、Web サーバーへの SYN を ICMP で拒否します。",
        "The firewall on the way, 192.168.1.1, rejects the SYN to the web server by ICMP.",
    ),
    "lab.close_fin.title": ("FIN による正常な切断", "An orderly close by FIN"),
    "lab.close_fin.description": (
        "サーバーが先に FIN を送り、クライアントが ACK のあとで自分の FIN を送ります。",
        "The server sends its FIN first; the client acknowledges it and later sends its own.",
    ),
    "lab.abort_rst.title": ("RST による中断", "An abort by RST"),
    "lab.abort_rst.description": (
        "クライアントが、受信データを読み残したままダウンロードをやめ、RST で接続を打ち切ります。",
        "A client gives up a download with data still unread and ends the connection by RST.",
    ),
    "lab.retransmission.title": ("パケットの喪失と再送", "Loss and retransmission"),
    "lab.retransmission.description": (
        "アップロードの途中でパケットが失われます。送信側で記録したので、同じ seq が 2 回現れます。",
        "Packets of an upload are lost on the way. Recorded at the sender, so the same seq appears twice.",
    ),
    "lab.lost_reply_client.title": ("戻りが失われる障害 (クライアント側)", "A lost reply, seen at the client"),
    "lab.lost_reply_client.description": (
        "クライアントの eth0 では、SYN の再送だけが見えます。同じ障害をサーバー側でも記録しました。",
        "The client's eth0 shows SYNs and nothing else. The same fault was recorded at the server, too.",
    ),
    "lab.lost_reply_server.title": ("戻りが失われる障害 (サーバー側)", "A lost reply, seen at the server"),
    "lab.lost_reply_server.description": (
        "サーバーの eth0 では、SYN が届き、SYN-ACK を返しています。戻り道で失われています。",
        "The server's eth0 shows SYNs arrive and SYN-ACKs leave: they are lost on the way back.",
    ),
    "lab.mix.title": ("いろいろな通信が混ざった eth0", "A busy eth0"),
    "lab.mix.description": (
        "192.168.1.50 の eth0 です。スイッチのミラーポートにつながり、同じ LAN のほかのホストの通信も見えます。",
        "The eth0 of 192.168.1.50, on a mirror port of the switch: other hosts of the LAN are seen as well.",
    ),
    "lab.any.title": ("同じ通信を -i any で見たもの", "The same traffic seen by -i any"),
    "lab.any.description": (
        "mix と同じ通信を、192.168.1.50 のすべてのインターフェースで同時に記録しました (Linux cooked v2)。",
        "The traffic of mix, recorded at the same time on all interfaces of 192.168.1.50 (Linux cooked v2).",
    ),
    # The lab that stands.
    "lab.needs_linux": (
        "ラボは Linux の名前空間を使うので、このシステムでは動きません。Linux の仮想マシンで実行するか、"
        "収録済みのキャプチャ (tutor tcpdump -i eth0) を使ってください。",
        "The lab is made of Linux namespaces, which this system does not have. Use a Linux virtual machine, or the "
        "recorded captures: tutor tcpdump -i eth0",
    ),
    "lab.without": (
        "ラボなしでも、収録済みのキャプチャで学べます: tutor tcpdump -i eth0",
        "Without the lab, there are the recorded captures: tutor tcpdump -i eth0",
    ),
    "lab.not_up": ("ラボは動いていません。始めるには: tutor lab up", "There is no lab. To make one: tutor lab up"),
    "lab.up_already": (
        "ラボはもう動いています。様子は tutor lab status で見られます。",
        "The lab is up already. To look at it: tutor lab status",
    ),
    "lab.not_yours": (
        "ラボの名前をほかのユーザー ({user}) が使っています。TUTOR_LAB に別の名前を設定してください。",
        "Another user ({user}) has taken the lab's name. Set TUTOR_LAB to another one.",
    ),
    "lab.no_sudo_from_here": (
        "ラボは {user} の権限で動いています。ここから先は sudo なしで使えます。",
        "The lab runs as {user}. From here on, leave sudo out.",
    ),
    "lab.gone": ("ラボはなくなりました。", "The lab has gone."),
    "lab.said": ("{text}", "{text}"),
    "lab.too_slow": (
        "{seconds} 秒待っても終わりませんでした。tutor lab down のあとでやり直してください。",
        "It took more than {seconds} seconds. Try again after tutor lab down.",
    ),
    "lab.unknown_host": (
        "{name} というホストはありません。あるのは {known} です。",
        "There is no host {name}. There are: {known}",
    ),
    "lab.unknown_scenario": (
        "{name} というシナリオはありません。次の中から選んでください: {known}",
        "There is no scenario {name}. Choose from: {known}",
    ),
    "lab.in_lab": (
        "ここはラボの {host} の中です。exit で出てから実行してください。",
        "You are inside the lab, on {host}. Leave with exit first.",
    ),
    "lab.no_fault": ("ラボに障害は起きていません。", "Nothing is wrong in the lab."),
    "lab.fault.firewall_drops": (
        "ファイアウォールが Web サーバー宛の SYN を捨てる",
        "the firewall drops what goes to the web server",
    ),
    "lab.fault.replies_dropped": (
        "ファイアウォールが Web サーバーからの返事を捨てる",
        "the firewall drops what comes from the web server",
    ),
    "lab.fault.blackhole_route": (
        "ファイアウォールの経路表に Web サーバー宛の blackhole がある",
        "the firewall's route to the web server is a blackhole",
    ),
    "lab.fault.no_way_back": (
        "Web サーバーの経路表にクライアント宛の blackhole がある",
        "the web server's route to the client is a blackhole",
    ),
    "lab.fault.deaf_listener": (
        "Web サーバーは待ち受けているが、ソケットのフィルタがすべて捨てる",
        "the web server listens, but a filter on its socket drops all",
    ),
    "lab.fault.input_drops": (
        "データベースサーバー自身が 3306 番への着信を捨てる",
        "the database server itself drops what comes in for port 3306",
    ),
    "lab.fault.output_drops": (
        "データベースサーバー自身が 3306 番からの返事を捨てる",
        "the database server itself drops its replies from port 3306",
    ),
    "lab.fault.refusing_route": ("ファイアウォールの経路が unreachable", "the firewall's route is “unreachable”"),
    "lab.fault.prohibiting_route": ("ファイアウォールの経路が prohibit", "the firewall's route is “prohibit”"),
    "lab.fault.firewall_rejects": ("ファイアウォールが ICMP で拒否する", "the firewall rejects by ICMP"),
    "lab.fault.firewall_resets": ("ファイアウォールが RST で拒否する", "the firewall rejects by RST"),
    "lab.fault.daemon_stopped": ("Web サーバーが動いていない", "the web server does not run"),
    "lab.fault.unplugged": ("データベースサーバーのケーブルが抜けている", "the database server's cable is unplugged"),
    "lab.fault.lossy": ("Web サーバー宛のパケットが 15 % 失われる", "15 % of what goes to the web server is lost"),
}
