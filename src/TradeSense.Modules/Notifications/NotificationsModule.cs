using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Notifications;

public static class NotificationsModule
{
    public static IServiceCollection AddNotifications(this IServiceCollection services, MailOptions options) => services
        .AddSingleton(options)
        .AddScoped<Mailer>().AddScoped<NotifyUser>().AddScoped<Mailbox>().AddScoped<NotificationList>()
        .AddScoped<IOutboxHandler, SendMail>();
}
